/** What was given in, what a person at a terminal adds to it out. Loaded only where there is one. */
import { cancel, confirm, intro, isCancel, note, select, text } from '@clack/prompts';
import { Interrupted } from '../errors.ts';
import { OPTIONS, type Answers, type Key } from '../options/index.ts';
import type { Option, Question } from '../options/option.ts';
import { proposeName, lastPart } from '../options/project-name.ts';
import { resolve } from '../options/resolve.ts';
import type { Host } from '../options/service-limits.ts';
import type { Given } from './given.ts';
import { settle } from './settle.ts';
import { summarise } from './summary.ts';

type Asked = Option & { readonly ask: Question };

const PORTS = OPTIONS.filter((option) => 'placeholder' in option && option.placeholder === 'PORT');

/**
 * Asks for all that has not been given, shows a summary, and asks for leave to write.
 * @param refuseTarget one sentence where a directory cannot be the target, seen while it is typed
 * @throws Interrupted where the person presses Ctrl-C or says no
 */
export async function ask(given: Given, host: Host, refuseTarget: (directory: string) => string | undefined): Promise<Given> {
  intro('create-devstack');
  const answers: Partial<Record<Key, unknown>> = { ...given.answers };
  const places: Partial<Record<Key, string>> = { ...given.places };
  const portsGiven = PORTS.some((option) => answers[option.key] !== undefined);
  let changePorts = portsGiven;
  for (const option of OPTIONS) {
    if (option.ask === undefined || answers[option.key] !== undefined) continue;
    if (isPort(option)) {
      if (option === PORTS[0] && !portsGiven) changePorts = await wantsOtherPorts();
      if (!changePorts) continue;
    }
    answers[option.key] = await put(option as Asked, answers as Partial<Answers>, refuseTarget);
    places[option.key] = 'your answer';
  }
  const complete: Given = { answers: answers as Partial<Answers>, places };
  await agree(complete, host);
  return complete;
}

async function put(option: Asked, answers: Partial<Answers>, refuseTarget: (directory: string) => string | undefined): Promise<unknown> {
  const fallback = option.key === 'name' ? (proposeName(lastPart(answers.directory ?? '')) ?? 'app') : option.fallback(answers);
  const { ask: question } = option;
  if (question.kind === 'confirm') return answered(await confirm({ message: question.message, initialValue: fallback === true }));
  if (question.kind === 'select') {
    const options = question.choices.map(({ value, hint }) => ({ value, label: value, hint }));
    return answered(await select({ message: question.message, options, initialValue: String(fallback) }));
  }
  const standard = fallback === undefined ? 'my-app' : String(fallback);
  const reply = answered(await text({
    message: question.message,
    placeholder: standard,
    defaultValue: standard,
    validate: (reply) => {
      const value = reply === undefined || reply === '' ? standard : reply;
      return problemWith(option, value, answers) ?? (option.key === 'directory' ? refuseTarget(value) : undefined);
    },
  }));
  const parsed = parse(option, reply);
  if (!parsed.ok) throw new Error(`the prompt for ${option.key} let a wrong value through: ${parsed.problem}`);
  return parsed.value;
}

/** The sentence that the prompt shows while the value is wrong. */
function problemWith(option: Asked, value: string, answers: Partial<Answers>): string | undefined {
  const parsed = parse(option, value);
  if (!parsed.ok) return capitalise(parsed.problem);
  const twin = isPort(option) ? PORTS.find((other) => other.key !== option.key && takenBy(other, answers) === parsed.value) : undefined;
  return twin === undefined ? undefined : `--${(twin as Asked & { flag: string }).flag} has ${value} already; each service needs a port of its own`;
}

/** The port that another service has been given, or will have unless it is asked. */
function takenBy(option: Option, answers: Partial<Answers>): unknown {
  return answers[option.key as Key];
}

function parse(option: Asked, value: string) {
  if (!('parse' in option)) throw new Error(`${option.key} is asked as text, but has no parser`);
  return option.parse(value);
}

async function wantsOtherPorts(): Promise<boolean> {
  const standard = PORTS.map((option) => option.fallbackText).join(', ');
  return !answered(await confirm({ message: `Use the standard host ports (${standard})?`, initialValue: true }));
}

async function agree(given: Given, host: Host): Promise<void> {
  const { answers, faults } = settle(given);
  const { options, clashes } = resolve(answers, host);
  if (faults.length + clashes.length > 0) return; // told, all at once, by whoever asked for the questions
  note(summarise(options, answers, host), 'Summary');
  if (!answered(await confirm({ message: 'Write it?', initialValue: true }))) stop();
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
