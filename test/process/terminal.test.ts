/** The questions, through a real pseudo-terminal: keys in, screen out. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { helpText } from '../../src/cli/help.ts';
import { FEATURES, pickFeatures } from '../../src/options/features.ts';
import { OPTIONS } from '../../src/options/index.ts';
import { measureHost } from '../../src/io/facts.ts';
import { proposePort } from '../../src/io/free-port.ts';
import { findListeners } from '../../src/io/listening-ports.ts';
import { differences, fitTo, servicesWith } from '../../src/options/service-limits.ts';
import { answersOf } from '../fixtures.ts';
import { ENV, MAIN, makeRoom } from './run.ts';
import { buildWriter, signalAt } from './writer.ts';

const ENTER = '\r';
const DOWN = '\x1B[B';
const UP = '\x1B[A';
const LEFT = '\x1B[D';
const CTRL_C = '\x03';
const BACKSPACE = '\x7F';

/** A person at a terminal: waits for a text on the screen, then presses keys. */
class Person {
  readonly #process;
  #screen = '';
  #seen = 0;
  readonly ended: Promise<number>;

  constructor(args: readonly string[], cwd: string, environment: Readonly<Record<string, string>> = {}) {
    const env = Object.fromEntries(Object.entries({ ...ENV, ...environment, TERM: 'xterm-256color' }).filter((entry): entry is [string, string] => entry[1] !== undefined));
    this.#process = spawn(process.execPath, [MAIN, ...args], { cwd, env, cols: 160, rows: 40 });
    this.#process.onData((data) => void (this.#screen += data));
    this.ended = new Promise((resolve) => this.#process.onExit(({ exitCode }) => resolve(exitCode)));
  }

  get screen(): string {
    return stripVTControlCharacters(this.#screen);
  }

  /** Waits for the text behind all that was waited for before, then types. */
  async on(text: string, ...keys: readonly string[]): Promise<void> {
    await expect.poll(() => this.screen.slice(this.#seen), { timeout: 8000, interval: 20 }).toContain(text);
    this.#seen = this.screen.indexOf(text, this.#seen) + text.length;
    for (const key of keys) {
      this.#process.write(key);
      await new Promise((resolve) => setTimeout(resolve, 30)); // as fast as nobody types; an escape must not merge with what follows
    }
  }
}

const BASE = servicesWith(pickFeatures(answersOf()));

/** Limits are asked for where this machine is smaller than the table. */
const IS_SMALL = differences(fitTo(measureHost(), BASE)).some(({ service }) => BASE.includes(service));

/** The questions in their order; Enter takes the default of each. */
const QUESTIONS: readonly string[] = [
  'What is the project called?',
  ...OPTIONS.flatMap((option) => (option.kind === 'toggle' && option.scope === 'project' && option.ask !== undefined ? [option.ask.message] : [])),
  'Use the',
  ...(IS_SMALL ? ['CPU and memory limits?'] : []),
  'Which set of images?',
  'Write it?',
];

const BUSY = new Set((await findListeners()).map(({ port }) => port));
const STANDARD_PORTS = [80, 5173, 8000, 5432, 6379];

/** So that the questions about them are not in the way. */
const NO_FEATURES = FEATURES.map(({ flag }) => `--no-${flag}`);

const answersIn = (folder: string): unknown => JSON.parse(readFileSync(join(folder, '.devstack/answers.json'), 'utf8'));

it('Enter all the way writes the default project: a name, the features, three questions at most, and leave to write', async () => {
  const room = makeRoom();
  const person = new Person([], room);
  for (const question of QUESTIONS) await person.on(question, ENTER);
  expect(await person.ended).toBe(0);
  expect(person.screen).toContain('Summary');
  expect(person.screen).toContain('cd my-app');
  expect(readdirSync(join(room, 'my-app'))).toContain('.git');
  const proxyPort = proposePort(80, new Set((await findListeners()).map(({ port }) => port)));
  expect(answersIn(join(room, 'my-app'))).toMatchObject({ name: 'my-app', celery: false, proxyPort, images: 'baseline' });
  expect(person.screen).not.toMatch(/Where shall|git repository\?/);
});

it('arrow keys and typed values are taken', async () => {
  const room = makeRoom();
  const person = new Person(['--no-git'], room);
  await person.on('called?', 'shop', ENTER);
  for (const question of QUESTIONS.slice(1, QUESTIONS.indexOf('Use the'))) await person.on(question, ...(question.includes('Celery') ? [LEFT] : []), ENTER);
  await person.on('Use the', 'n');
  for (const port of ['8081', '8082', '8083', '8084', '8085']) await person.on('Host port of the', port, ENTER);
  if (IS_SMALL) await person.on('limits?', ENTER);
  await person.on('set of images?', DOWN, ENTER);
  await person.on('Write it?', ENTER);
  expect(await person.ended).toBe(0);
  expect(readdirSync(join(room, 'shop'))).not.toContain('.git');
  expect(answersIn(join(room, 'shop'))).toMatchObject({ name: 'shop', celery: true, proxyPort: 8081, redisPort: 8085, images: 'current' });
});

it('what flags have answered is not asked', async () => {
  const room = makeRoom();
  const features = OPTIONS.flatMap((option) => (option.kind === 'toggle' && option.scope === 'project' ? [`--${option.flag}`] : []));
  const person = new Person(['app', ...features, '--images', 'current', '--proxy-port', '8081', '--frontend-port', '8082', '--backend-port', '8083', '--db-port', '8084', '--redis-port', '8085', '--limits', 'default', '--no-git', '--no-start', '--name', 'shop'], room);
  await person.on('Write it?', ENTER);
  expect(await person.ended).toBe(0);
  expect(person.screen.match(/\?/g)).toHaveLength(person.screen.match(/Write it\?/g)?.length ?? 0);
  expect(person.screen).not.toContain('and start it');
  expect(answersIn(join(room, 'app'))).toMatchObject({ name: 'shop' });
});

describe('the name', () => {
  it.each([
    ['follows from a directory that was given', ['../given/app', '--no-git']],
    ['gives the directory where it was given alone', ['--name', 'app', '--no-git']],
  ])('%s, and is not asked', async (_, args) => {
    const room = makeRoom();
    mkdirSync(join(room, 'given'));
    mkdirSync(join(room, 'here'));
    const person = new Person(args, join(room, 'here'));
    for (const question of QUESTIONS.slice(1)) await person.on(question, ENTER);
    expect(await person.ended).toBe(0);
    expect(person.screen).not.toContain('called?');
    expect(answersIn(join(room, args[0] === '--name' ? 'here/app' : 'given/app'))).toMatchObject({ name: 'app' });
  });

  it('is asked, with a proposal, where the directory that was given is none', async () => {
    const room = makeRoom();
    const person = new Person(['My App', '--no-git'], room);
    await person.on('called?');
    await person.on('my-app', ENTER);
    for (const question of QUESTIONS.slice(1)) await person.on(question, ENTER);
    expect(await person.ended).toBe(0);
    expect(readdirSync(room)).toEqual(['My App']);
    expect(answersIn(join(room, 'My App'))).toMatchObject({ name: 'my-app' });
  });

  it('is proposed so that its folder is free', async () => {
    const room = makeRoom();
    for (const taken of ['my-app', 'my-app-2']) mkdirSync(join(room, taken, 'x'), { recursive: true });
    const person = new Person([], room);
    await person.on('called?');
    await person.on('my-app-3', CTRL_C);
    expect(await person.ended).toBe(130);
  });
});

describe('what is proposed', () => {
  it('is a free port where the standard one is taken, with who has it', async () => {
    const free = STANDARD_PORTS.find((one) => one > 1024 && !BUSY.has(one));
    const port = free ?? 5173; // where a stack has them all, somebody listens already
    if (free !== undefined) {
      const server = createServer().listen(port, '127.0.0.1');
      onTestFinished(() => void server.close());
      await once(server, 'listening');
    }
    const person = new Person(['app', ...NO_FEATURES], makeRoom());
    await person.on('Use the');
    const expected = process.platform === 'linux' ? `${port} by ` : String(port);
    await person.on('In use: ');
    await person.on(expected, CTRL_C);
    if (process.platform === 'linux' && free !== undefined) expect(person.screen.replace(/\s*│?\s+/g, ' ')).toContain(`(process ${process.pid})`);
    expect(await person.ended).toBe(130);
    expect(person.screen).toContain(String(proposePort(port, new Set([...BUSY, port]))));
  });

  it('explains every choice of images, and of limits with what this machine has', async () => {
    const { cpus } = measureHost();
    const person = new Person(['app', ...NO_FEATURES], makeRoom());
    await person.on('Use the', ENTER);
    if (IS_SMALL) {
      await person.on(`This machine has ${cpus} CPUs and `);
      await person.on('default: a service up to 2 CPUs, all together up to 4.0 GB');
      await person.on(`fit: scaled to this machine, a service up to ${Math.min(2, cpus)} CPU`, ENTER);
    }
    await person.on('Which set of images?');
    await person.on('baseline: Python 3.12, Node 20');
    await person.on('until 2025-06-24 (nginx 1.27)');
    await person.on('current: Python 3.14, Node 24');
    await person.on('until 2028-04-30 (Node 24)', CTRL_C);
    expect(await person.ended).toBe(130);
  });
});

it('the last question starts it too, where that was not said by a flag', async () => {
  const room = makeRoom();
  writeFileSync(join(room, 'docker'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  const person = new Person(['app', '--no-git', '--name', 'app'], room, { PATH: `${room}:${process.env['PATH']}` });
  for (const question of QUESTIONS.slice(1, -1)) await person.on(question, ENTER);
  await person.on('Write it?');
  await person.on('Yes, and start it', DOWN, ENTER);
  expect(await person.ended).not.toBe(0); // this Docker does not work
  expect(person.screen).toContain('files written to app');
  expect(person.screen).toContain('docker'); // what the script says of it
});

it('--yes asks nothing, at a terminal too', async () => {
  const room = makeRoom();
  const person = new Person(['app', '--yes', '--no-git'], room);
  expect(await person.ended).toBe(0);
  expect(person.screen).not.toContain('?');
});

it.each([[{ CLAUDECODE: '1' }], [{ CI: 'true' }]])('%j at a terminal: nothing is asked, and the line with every choice is told', async (driver) => {
  const room = makeRoom();
  const person = new Person(['app', '--no-git', '--proxy-port', '8081'], room, driver);
  expect(await person.ended).toBe(0);
  expect(person.screen).not.toContain('Use the');
  const told = person.screen.replace(/\s+/g, ' ');
  expect(told).toContain(`${Object.keys(driver)[0]} is set, so nothing is asked. With every choice, in one line: npm create devstack@latest -- app --name app --no-celery`);
  expect(told).toMatch(/--proxy-port 8081 .*--images baseline --agents --no-git --yes/);
  expect(answersIn(join(room, 'app'))).toMatchObject({ name: 'app', proxyPort: 8081 });
});

it("--help keeps to the terminal's width", async () => {
  const person = new Person(['--help'], makeRoom());
  expect(await person.ended).toBe(0);
  expect(person.screen.replaceAll('\r', '')).toBe(helpText(100));
  expect(helpText(100)).not.toBe(helpText(80));
});

describe('a wrong answer is told while it is typed', () => {
  it('a name whose folder has files', async () => {
    const room = makeRoom();
    mkdirSync(join(room, 'full'));
    writeFileSync(join(room, 'full/file'), '');
    const person = new Person([], room);
    await person.on('called?', 'full', ENTER);
    await person.on('is not empty (it has file)', CTRL_C);
    expect(await person.ended).toBe(130);
  });

  it('a name, then a port of another service', async () => {
    const room = makeRoom();
    const person = new Person([...NO_FEATURES], room);
    await person.on('called?', 'A b', ENTER);
    await person.on('try a-b', BACKSPACE, BACKSPACE, BACKSPACE, ENTER);
    await person.on('Use the', 'n');
    await person.on('proxy?', '99999', ENTER);
    await person.on('from 1 to 65535', ...Array.from({ length: 5 }, () => BACKSPACE), '8081', ENTER);
    await person.on('Vite server?', '8081', ENTER);
    await person.on('--proxy-port has 8081 already', CTRL_C);
    expect(await person.ended).toBe(130);
    expect(readdirSync(room)).toEqual([]);
  });

  it('a port that somebody listens on, with a free one proposed', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const person = new Person(['app', '--name', 'app', ...NO_FEATURES], makeRoom());
    await person.on('Use the', 'n');
    await person.on('proxy?', String(port), ENTER);
    await person.on(`In use on this machine: ${port}`, CTRL_C);
    expect(await person.ended).toBe(130);
  });

  it.each([[['app']], [['--name', 'app']]])('%j is refused before the first question', async (args) => {
    const room = makeRoom();
    writeFileSync(join(room, 'app'), '');
    const person = new Person(args, room);
    expect(await person.ended).toBe(3);
    expect(person.screen).toContain('The target app is a file.');
    expect(person.screen).not.toContain('called?');
    expect(person.screen).not.toContain('Use the');
  });
});

it.each([['given', ['app']], ['typed', []]])('a directory that is %s, and that a run that was killed left half filled, is as good as empty', async (_, args) => {
  const room = makeRoom();
  mkdirSync(join(room, 'app'));
  await signalAt('SIGKILL', 17, await buildWriter(), room, 'fail');
  expect(readdirSync(join(room, 'app'))).toContain('.env');
  const person = new Person(args, room);
  if (args.length === 0) await person.on('called?', 'app', ENTER);
  for (const question of QUESTIONS.slice(1)) await person.on(question, ENTER);
  expect(await person.ended).toBe(0);
  expect(person.screen).toContain('what that one began was undone first');
  expect(readdirSync(join(room, 'app'))).toContain('docker-compose.yml');
  expect(readdirSync(join(room, 'app'))).not.toContain('c.txt');
});

describe('Ctrl-C leaves nothing behind', () => {
  it.each(QUESTIONS.map((question, index) => [question, index] as const))('at "%s"', async (question, index) => {
    const room = makeRoom();
    const person = new Person([], room);
    for (const earlier of QUESTIONS.slice(0, index)) await person.on(earlier, ENTER);
    await person.on(question, CTRL_C);
    expect(await person.ended).toBe(130);
    expect(person.screen).toContain('Nothing was written.');
    expect(readdirSync(room)).toEqual([]);
  });

  it('at a port', async () => {
    const room = makeRoom();
    const person = new Person(['app', '--name', 'app', ...NO_FEATURES], room);
    await person.on('Use the', 'n');
    await person.on('Host port of the proxy', CTRL_C);
    expect(await person.ended).toBe(130);
    expect(readdirSync(room)).toEqual([]);
  });

  it('and neither does "no" to the summary', async () => {
    const room = makeRoom();
    const person = new Person([], room);
    for (const question of QUESTIONS.slice(0, -1)) await person.on(question, ENTER);
    await person.on('Write it?');
    await person.on('No, write nothing', UP, ENTER); // from the first choice up to the last
    expect(await person.ended).toBe(130);
    expect(readdirSync(room)).toEqual([]);
  });
});
