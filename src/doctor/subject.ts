/** What the checks look at: a directory, the machine, and what several of them ask of Docker, each read once. */
import { join } from 'node:path';
import type { Listener } from '../io/listening-ports.ts';
import { listContainers, type Container } from './containers.ts';
import { readEngine, type Engine } from './engine.ts';
import type { Finding } from './finding.ts';
import { readStack, type Stack } from './stack.ts';
import type { Ran, System } from './system.ts';

/** @returns what is wrong; never rejects for what the machine or the project is like */
export type Check = (subject: Subject) => Promise<readonly Finding[]>;

export interface Subject {
  /** As the person gave it, so that messages name paths as they know them. */
  readonly directory: string;
  readonly system: System;
  isProject(): Promise<boolean>;
  engine(): Promise<Engine>;
  /** What `docker compose version --short` said. */
  compose(): Promise<Ran>;
  /** All containers, those of others and those that are stopped included. */
  containers(): Promise<readonly Container[]>;
  /** Who listens on the machine's ports. */
  listeners(): Promise<readonly Listener[]>;
  stack(): Promise<Stack>;
}

export function createSubject(directory: string, system: System): Subject {
  return {
    directory,
    system,
    isProject: once(async () => (await system.stat(join(directory, '.devstack', 'answers.json'))) !== undefined),
    engine: once(async () => readEngine(system)),
    compose: once(async () => system.run('docker', ['compose', 'version', '--short'])),
    containers: once(async () => listContainers(system)),
    listeners: once(async () => system.listeners()),
    stack: once(async () => readStack(directory, system)),
  };
}

/** The checks run side by side, so the first that asks starts the reading and all wait for the same answer. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return async () => (reading ??= read());
}
