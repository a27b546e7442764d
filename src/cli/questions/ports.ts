/** The host ports: all at once, since most people want the standard ones or whatever is free; one by one after a no. */
import { confirm } from '@clack/prompts';
import { proposePort } from '../../io/free-port.ts';
import type { Listener } from '../../io/listening-ports.ts';
import { OPTIONS, type Answers } from '../../options/index.ts';
import { answered, askText } from './prompt.ts';
import type { Question } from './question.ts';

type Port = Extract<(typeof OPTIONS)[number], { readonly key: `${string}Port` }>;
const PORTS = OPTIONS.filter((option): option is Port => option.kind === 'value' && option.placeholder === 'PORT');

export const askPorts: Question = async (known, surroundings) => {
  const open = PORTS.filter(({ key }) => known[key] === undefined);
  if (open.length === 0) return {};
  const listeners = await surroundings.listeners;
  const proposed = open.reduce<Partial<Answers>>((answers, option) => ({ ...answers, [option.key]: freePort(option, { ...known, ...answers }, listeners) }), {});
  const standard = open.map((option) => Number(option.default({})));
  const taken = standard.filter((port) => listeners.some((one) => one.port === port));
  const list = portsOf(proposed).join(', ');
  const message = taken.length === 0 ? `Use the standard ports ${list}?` : `Use the ports ${list}? In use: ${taken.map((port) => describe(port, listeners)).join('; ')}.`;
  if (answered(await confirm({ message, initialValue: true }))) return proposed;
  let answers: Partial<Answers> = {};
  for (const option of open) answers = { ...answers, [option.key]: await askPort(option, { ...known, ...answers }, listeners) };
  return answers;
};

async function askPort(option: Port, known: Partial<Answers>, listeners: readonly Listener[]): Promise<number> {
  return askText({
    message: option.ask?.message ?? option.summary,
    proposal: String(freePort(option, known, listeners)),
    parse: option.parse,
    refuse: (port) => {
      const twin = PORTS.find(({ key }) => key !== option.key && known[key] === port);
      if (twin !== undefined) return `--${twin.flag} has ${port} already; each service needs a port of its own`;
      if (!listeners.some((one) => one.port === port)) return undefined;
      return `In use on this machine: ${describe(port, listeners)}; ${proposePort(port, takenPorts(known, listeners))} is free`;
    },
  });
}

/** The standard port, or the nearest that nobody listens on and no other service has. */
function freePort(option: Port, known: Partial<Answers>, listeners: readonly Listener[]): number {
  return proposePort(Number(option.default({})), takenPorts(known, listeners));
}

function takenPorts(known: Partial<Answers>, listeners: readonly Listener[]): ReadonlySet<number> {
  return new Set([...listeners.map(({ port }) => port), ...portsOf(known)]);
}

function portsOf(known: Partial<Answers>): readonly number[] {
  return PORTS.flatMap(({ key }) => known[key] ?? []);
}

function describe(port: number, listeners: readonly Listener[]): string {
  const holder = listeners.find((one) => one.port === port && one.holder !== undefined)?.holder;
  return holder === undefined ? `${port}` : `${port} by ${holder}`;
}
