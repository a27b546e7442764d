/** The questions, through a real pseudo-terminal: keys in, screen out. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { helpText } from '../../src/cli/help.ts';
import { proposePort } from '../../src/cli/free-port.ts';
import { findListeningPorts } from '../../src/io/listening-ports.ts';
import { ENV, MAIN, makeRoom } from './run.ts';

const ENTER = '\r';
const DOWN = '\x1B[B';
const LEFT = '\x1B[D';
const CTRL_C = '\x03';
const BACKSPACE = '\x7F';

/** A person at a terminal: waits for a text on the screen, then presses keys. */
class Person {
  readonly #process;
  #screen = '';
  #seen = 0;
  readonly ended: Promise<number>;

  constructor(args: readonly string[], cwd: string) {
    const env = Object.fromEntries(Object.entries({ ...ENV, TERM: 'xterm-256color' }).filter((entry): entry is [string, string] => entry[1] !== undefined));
    this.#process = spawn(process.execPath, [MAIN, ...args], { cwd, env, cols: 100, rows: 40 });
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

/** The questions in their order, each with the keys that take its default. */
const QUESTIONS = [
  'Where shall the project be written?',
  'What is the project called?',
  'Add a Celery worker',
  'Add WebSockets',
  'ost ports', // standard or not: what listens on this machine decides
  'CPU and memory limits?',
  'Which base images?',
  'Make it a git repository',
  'Start it at the end',
  'Write it?',
] as const;

it('Enter all the way writes the default project', async () => {
  const room = makeRoom();
  const person = new Person([], room);
  for (const question of QUESTIONS) await person.on(question, ENTER);
  expect(await person.ended).toBe(0);
  expect(person.screen).toContain('Summary');
  expect(person.screen).toContain('cd my-app');
  const answers: unknown = JSON.parse(readFileSync(join(room, 'my-app/.devstack/answers.json'), 'utf8'));
  const proxyPort = proposePort(80, await findListeningPorts());
  expect(answers).toMatchObject({ name: 'my-app', celery: false, proxyPort, images: 'baseline', limit: [] });
});

it('arrow keys and typed values are taken', async () => {
  const room = makeRoom();
  const person = new Person([], room);
  await person.on('Where shall', 'Shop', ENTER);
  await person.on('called?', ENTER);
  await person.on('Celery worker', LEFT, ENTER);
  await person.on('WebSockets', ENTER);
  await person.on('ost ports', 'n');
  for (const port of ['8081', '8082', '8083', '8084', '8085']) await person.on('Host port of the', port, ENTER);
  await person.on('limits?', ENTER);
  await person.on('base images?', DOWN, ENTER);
  await person.on('git repository', 'n');
  await person.on('Start it', ENTER);
  await person.on('Write it?', ENTER);
  expect(await person.ended).toBe(0);
  expect(readdirSync(join(room, 'Shop'))).not.toContain('.git');
  const answers: unknown = JSON.parse(readFileSync(join(room, 'Shop/.devstack/answers.json'), 'utf8'));
  expect(answers).toMatchObject({ name: 'shop', celery: true, proxyPort: 8081, redisPort: 8085, images: 'current' });
});

it('what flags have answered is not asked', async () => {
  const room = makeRoom();
  const person = new Person(['app', '--celery', '--no-websockets', '--images', 'current', '--proxy-port', '8081', '--frontend-port', '8082', '--backend-port', '8083', '--db-port', '8084', '--redis-port', '8085', '--limits', 'default', '--no-git', '--no-start', '--name', 'shop'], room);
  await person.on('Write it?', ENTER);
  expect(await person.ended).toBe(0);
  expect(existsSync(join(room, 'app/docker-dev.sh'))).toBe(true);
});

it('--yes asks nothing, at a terminal too', async () => {
  const room = makeRoom();
  const person = new Person(['app', '--yes', '--no-git'], room);
  expect(await person.ended).toBe(0);
  expect(person.screen).not.toContain('?');
});

it("--help keeps to the terminal's width", async () => {
  const person = new Person(['--help'], makeRoom());
  expect(await person.ended).toBe(0);
  expect(person.screen.replaceAll('\r', '')).toBe(helpText(100));
  expect(helpText(100)).not.toBe(helpText(80));
});

describe('a wrong answer is told while it is typed', () => {
  it('a directory that has files', async () => {
    const room = makeRoom();
    mkdirSync(join(room, 'full'));
    writeFileSync(join(room, 'full/file'), '');
    const person = new Person([], room);
    await person.on('Where shall', 'full', ENTER);
    await person.on('is not empty (it has file)', CTRL_C);
    expect(await person.ended).toBe(130);
  });

  it('a name, then a port of another service', async () => {
    const room = makeRoom();
    const person = new Person(['app'], room);
    await person.on('called?', 'A b', ENTER);
    await person.on('try a-b', BACKSPACE, BACKSPACE, BACKSPACE, ENTER);
    await person.on('Celery worker', ENTER);
    await person.on('WebSockets', ENTER);
    await person.on('ost ports', 'n');
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
    const person = new Person(['app', '--name', 'app', '--no-celery', '--no-websockets'], makeRoom());
    await person.on('ost ports', 'n');
    await person.on('proxy?', String(port), ENTER);
    await person.on(`Port ${port} is in use on this machine; `, CTRL_C);
    expect(await person.ended).toBe(130);
  });

  it('a directory given as a flag is refused before the first question', async () => {
    const room = makeRoom();
    writeFileSync(join(room, 'app'), '');
    const person = new Person(['app'], room);
    expect(await person.ended).toBe(3);
    expect(person.screen).toContain('The target app is a file.');
    expect(person.screen).not.toContain('called?');
  });
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
    const person = new Person(['app', '--name', 'app', '--no-celery', '--no-websockets'], room);
    await person.on('ost ports', 'n');
    await person.on('Host port of the proxy', CTRL_C);
    expect(await person.ended).toBe(130);
    expect(readdirSync(room)).toEqual([]);
  });

  it('and neither does "no" to the summary', async () => {
    const room = makeRoom();
    const person = new Person([], room);
    for (const question of QUESTIONS.slice(0, -1)) await person.on(question, ENTER);
    await person.on('Write it?', 'n');
    expect(await person.ended).toBe(130);
    expect(readdirSync(room)).toEqual([]);
  });
});
