/** What was given in, what a person at a terminal adds to it out. Loaded only where there is one. */
import { cancel, confirm, intro, isCancel, note, outro, select, text } from '@clack/prompts';
import { Interrupted } from '../errors.ts';
import { OPTIONS, type Answers, type Key } from '../options/index.ts';
import type { Option, Question } from '../options/option.ts';
import { proposeName, lastPart } from '../options/project-name.ts';
import { resolve } from '../options/resolve.ts';
import type { Host } from '../options/service-limits.ts';
import { proposePort } from './free-port.ts';
import type { Given } from './given.ts';
import { settle } from './settle.ts';
import { summarise } from './summary.ts';

type Asked = Option & { readonly ask: Question };

/** What the questions need to know of the machine. */
export interface Surroundings {
  readonly host: Host;
  /** Ports that somebody listens on. */
  readonly listening: ReadonlySet<number>;
  /** One sentence where a directory cannot be the target. */
  readonly refuseTarget: (directory: string) => string | undefined;
}

const PORTS = OPTIONS.filter((option) => 'placeholder' in option && option.placeholder === 'PORT');

/**
 * Asks for all that has not been given, shows a summary, and asks for leave to write.
 * @throws Interrupted where the person presses Ctrl-C or says no
 */
export async function ask(given: Given, surroundings: Surroundings): Promise<Given> {
  intro('create-devstack');
  const answers: Partial<Record<Key, unknown>> = { ...given.answers };
  const places: Partial<Record<Key, string>> = { ...given.places };
  for (const option of OPTIONS) {
    if (option.ask === undefined || answers[option.key] !== undefined) continue;
    if (option === PORTS[0] && !PORTS.some(({ key }) => answers[key] !== undefined)) Object.assign(answers, await putPorts(surroundings));
    answers[option.key] ??= await put(option as Asked, answers as Partial<Answers>, surroundings);
    places[option.key] = 'your answer';
  }
  const complete: Given = { answers: answers as Partial<Answers>, places };
  await agree(complete, surroundings.host);
  return complete;
}

/** All five at once, since most people want the standard ones or whatever is free. */
async function putPorts({ listening }: Surroundings): Promise<Partial<Record<Key, number>>> {
  const standard = PORTS.map((option) => [option.key, Number(option.fallbackText)] as const);
  const busy = standard.map(([, port]) => port).filter((port) => listening.has(port));
  const proposed = standard.map(([key, port]) => [key, proposePort(port, listening)] as const);
  const list = proposed.map(([, port]) => port).join(', ');
  const message = busy.length === 0 ? `Use the standard host ports (${list})?` : `In use on this machine: ${busy.join(', ')}. Use the host ports ${list}?`;
  return answered(await confirm({ message, initialValue: true })) ? Object.fromEntries(proposed) : {};
}

async function put(option: Asked, answers: Partial<Answers>, surroundings: Surroundings): Promise<unknown> {
  const { ask: question } = option;
  const fallback = proposal(option, answers, surroundings);
  if (question.kind === 'confirm') return answered(await confirm({ message: question.message, initialValue: fallback === true }));
  if (question.kind === 'select') {
    const options = question.choices.map(({ value, hint }) => ({ value, label: value, hint }));
    return answered(await select({ message: question.message, options, initialValue: String(fallback) }));
  }
  const standard = fallback === undefined ? 'my-app' : String(fallback);
  const reply = answered(
    await text({
      message: question.message,
      placeholder: standard,
      defaultValue: standard,
      validate: (typed) => problemWith(option, typed === undefined || typed === '' ? standard : typed, answers, surroundings),
    }),
  );
  const parsed = parse(option, reply);
  if (!parsed.ok) throw new Error(`the prompt for ${option.key} let a wrong value through: ${parsed.problem}`);
  return parsed.value;
}

/** What Enter alone takes: the fallback, or the nearest to it that will do. */
function proposal(option: Asked, answers: Partial<Answers>, { listening }: Surroundings): unknown {
  const fallback = option.fallback(answers);
  if (option.key === 'name') return proposeName(lastPart(answers.directory ?? '')) ?? 'app';
  if (!isPort(option)) return fallback;
  return proposePort(Number(fallback), new Set([...listening, ...PORTS.map(({ key }) => Number(answers[key as Key]))]));
}

/** The sentence that the prompt shows while the value is wrong. */
function problemWith(option: Asked, value: string, answers: Partial<Answers>, { listening, refuseTarget }: Surroundings): string | undefined {
  const parsed = parse(option, value);
  if (!parsed.ok) return capitalise(parsed.problem);
  if (option.key === 'directory') return refuseTarget(value);
  if (!isPort(option)) return undefined;
  const twin = PORTS.find(({ key }) => key !== option.key && answers[key as Key] === parsed.value);
  if (twin !== undefined) return `--${(twin as Asked & { flag: string }).flag} has ${value} already; each service needs a port of its own`;
  return listening.has(Number(value)) ? `Port ${value} is in use on this machine; ${proposePort(Number(value), listening)} is free` : undefined;
}

function parse(option: Asked, value: string) {
  if (!('parse' in option)) throw new Error(`${option.key} is asked as text, but has no parser`);
  return option.parse(value);
}

async function agree(given: Given, host: Host): Promise<void> {
  const { answers, faults } = settle(given);
  const { options, clashes } = resolve(answers, host);
  if (faults.length + clashes.length > 0) return; // told, all at once, by whoever asked for the questions
  note(summarise(options, answers, host), 'Summary');
  if (!answered(await confirm({ message: 'Write it?', initialValue: true }))) stop();
  outro();
}

function answered<Reply>(reply: Reply): Exclude<Reply, symbol> {
  if (isCancel(reply)) stop();
  return reply as Exclude<Reply, symbol>;
}

function stop(): never {
  cancel('Nothing was written.');
  throw new Interrupted(130);
}

function isPort(option: { readonly key: string }): boolean {
  return PORTS.some(({ key }) => key === option.key);
}

function capitalise(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
