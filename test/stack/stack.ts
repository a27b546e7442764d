/** A generated project on disk and, once started, in Docker: options in; commands on it, and its complete removal. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Service } from './architecture.ts';

const MAIN = fileURLToPath(new URL('../../dist/bin.cjs', import.meta.url));

/** Folders of a run are named by its process, so that a later run knows which were left behind. */
export const FOLDER_PREFIX = 'create-devstack-stack-';

export interface Ports {
  readonly proxy: number;
  readonly frontend: number;
  readonly backend: number;
  readonly db: number;
  readonly redis: number;
}

export interface Stack {
  readonly name: string;
  readonly folder: string;
  readonly ports: Ports;
}

export const DEFAULT_PORTS: Ports = { proxy: 80, frontend: 5173, backend: 8000, db: 5432, redis: 6379 };

/** A block of host ports that nobody else's default takes, below those that the system hands out itself. */
export function ownPorts(block: number): Ports {
  const base = 28_000 + 100 * block;
  return { proxy: base + 80, frontend: base + 73, backend: base + 8, db: base + 32, redis: base + 79 };
}

/** Generates a project into a new temporary folder. Nothing is started. @throws where Docker knows that name already */
export async function generate(name: string, ports: Ports, ...flags: string[]): Promise<Stack> {
  const stack = await place(name, ports);
  await create(stack, ...(flags.includes('--git') ? [] : ['--no-git']), ...flags);
  return stack;
}

/** A new temporary folder for a project that is still to be generated. @throws where Docker knows that name already */
export async function place(name: string, ports: Ports): Promise<Stack> {
  if (!(await isNameFree(name))) throw new Error(`Docker has a project "${name}" that is not of this run: it is left alone.`);
  const parent = await realpath(await mkdtemp(join(tmpdir(), `${FOLDER_PREFIX}${process.pid}-`)));
  return { name, folder: join(parent, name), ports };
}

/** Runs the generator. @throws where it fails */
export function create({ folder, ports }: Stack, ...flags: string[]) {
  const portFlags = Object.entries(ports).flatMap(([service, port]) => [`--${service}-port`, String(port)]);
  return execa(process.execPath, [MAIN, folder, '--yes', ...portFlags, ...flags], { env: GIT_IDENTITY, stdin: 'ignore' });
}

/** A commit needs an author, and a bare machine has none. */
export const GIT_IDENTITY = {
  GIT_AUTHOR_NAME: 'Stack Test',
  GIT_AUTHOR_EMAIL: 'stack@example.test',
  GIT_COMMITTER_NAME: 'Stack Test',
  GIT_COMMITTER_EMAIL: 'stack@example.test',
};

/** Runs the project's own script. Its exit code is for the caller to judge. */
export function devScript(stack: Stack, args: readonly string[], env: Record<string, string> = {}) {
  return execa('./docker-dev.sh', args, { cwd: stack.folder, env, stdin: 'ignore', all: true, reject: false });
}

/** The same, for what has to succeed. @throws with all that it printed */
export async function dev(stack: Stack, ...args: string[]): Promise<string> {
  const { exitCode, all } = await devScript(stack, args);
  if (exitCode !== 0) throw new Error(`./docker-dev.sh ${args.join(' ')} ended with ${exitCode}:\n${all}`);
  return all;
}

/** @returns standard output @throws with standard error where it fails */
export async function compose(stack: Stack, ...args: string[]): Promise<string> {
  return (await execa('docker', ['compose', ...args], { cwd: stack.folder, stdin: 'ignore' })).stdout;
}

/** Runs a command in the running container of a service. @returns standard output */
export async function exec(stack: Stack, service: Service, ...command: string[]): Promise<string> {
  return (await docker('exec', container(stack, service), ...command)).trim();
}

export async function docker(...args: string[]): Promise<string> {
  return (await execa('docker', args, { stdin: 'ignore' })).stdout;
}

export function container(stack: Pick<Stack, 'name'>, service: Service): string {
  return `${stack.name}-${service}`;
}

/** Nothing in Docker says that it belongs to a project of this name. */
export async function isNameFree(name: string): Promise<boolean> {
  const label = projectLabel(name);
  const [containers, volumes, networks] = await Promise.all([
    docker('ps', '-aq', '--filter', label),
    docker('volume', 'ls', '-q', '--filter', label),
    docker('network', 'ls', '-q', '--filter', label),
  ]);
  return containers === '' && volumes === '' && networks === '';
}

/** Containers, network, volumes, built images and files. Safe to call for what never started. */
export async function remove(stack: Stack): Promise<void> {
  const parent = dirname(stack.folder);
  const owners = await ownersOf(stack.name);
  if (owners.every((owner) => owner === parent)) await removeProject(stack.name);
  else console.warn(`"${stack.name}" was taken over by ${owners.join(', ')} meanwhile: it is left alone.`);
  await rm(parent, { recursive: true, force: true });
}

/** What a run that ended before it could clean up has left: only what containers prove to be its own. */
export async function removeLeftover(parent: string, name: string): Promise<void> {
  const owners = await ownersOf(name);
  if (owners.length > 0 && owners.every((owner) => owner === parent)) await removeProject(name);
}

/** The folders around the checkouts that a project's containers were started from; Compose notes them on each container. */
async function ownersOf(name: string): Promise<readonly string[]> {
  const format = '{{.Label "com.docker.compose.project.working_dir"}}';
  const folders = (await docker('ps', '-a', '--filter', projectLabel(name), '--format', format)).split('\n').filter(Boolean);
  return [...new Set(folders.map((folder) => dirname(folder)))];
}

/** By label, for the project's files may be gone or unfinished. */
async function removeProject(name: string): Promise<void> {
  const label = projectLabel(name);
  await removeAll(await docker('ps', '-aq', '--filter', label), 'rm', '-f', '-v');
  await removeAll(await docker('network', 'ls', '-q', '--filter', label), 'network', 'rm');
  await removeAll(await docker('volume', 'ls', '-q', '--filter', label), 'volume', 'rm', '-f');
  await removeAll(await docker('image', 'ls', '-q', '--filter', label), 'image', 'rm', '-f');
}

const projectLabel = (name: string) => `label=com.docker.compose.project=${name}`;

async function removeAll(ids: string, ...command: string[]): Promise<void> {
  const list = [...new Set(ids.split('\n').filter(Boolean))];
  if (list.length > 0) await docker(...command, ...list);
}
