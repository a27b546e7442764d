/** What the shells complete. Not every machine has each of them; the CI script installs them. */
import { spawn } from '@lydell/node-pty';
import { execa, execaSync } from 'execa';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { calls, environment, project, run } from './sandbox.ts';

const has = (shell: string) => execaSync(shell, ['--version'], { reject: false }).exitCode === 0;

beforeEach(() => {
  writeFileSync(join(project, 'docker-compose.yml'), 'x-service: 1\nservices:\n  db:\n    image: x\n  proxy:\nvolumes:\n  data:\n');
});

const OFFERS: readonly [readonly string[], readonly string[]][] = [
  [['sta'], ['start', 'status']],
  [['celer'], ['celery']],
  [['restart', 'd'], ['db']],
  [['lint', 'f'], ['frontend']],
  [['help', 'heal'], ['heal-test']],
];

it.each([...OFFERS, [['logs', "''"], ['db', 'proxy']] as const])('in bash %j offers %j', async (words, offered) => {
  const script = `source <(./docker-dev.sh completion bash); COMP_WORDS=(./docker-dev.sh ${words.join(' ')}); COMP_CWORD=${words.length}; _docker_dev; echo "\${COMPREPLY[@]}"`;
  const { stdout } = await execa('bash', ['-c', script], { cwd: project, env: environment() });
  expect(stdout.split(' ').filter(Boolean)).toEqual(offered);
  expect(calls()).toEqual([]);
});

it.runIf(has('fish')).each(OFFERS)('in fish %j offers %j', async (words, offered) => {
  const program = `./docker-dev.sh completion fish | source; complete -C './docker-dev.sh ${words.join(' ')}'`;
  const { stdout, stderr } = await execa('fish', ['--no-config', '-c', program], { cwd: project, env: environment() });
  expect(stderr).toBe('');
  expect(stdout.split('\n').map((line) => line.split('\t')[0])).toEqual(offered);
  expect(calls()).toEqual([]);
});

it.runIf(has('zsh'))('zsh completes the word at the prompt, where nothing has set up completion before', async () => {
  const env = { ...environment(), TERM: 'xterm', HOME: mkdtempSync(join(tmpdir(), 'docker-dev-')), PS1: 'first> ' } as Record<string, string>;
  const shell = spawn('zsh', ['-f', '-i'], { cwd: project, env, cols: 200 });
  onTestFinished(() => shell.kill());
  let screen = '';
  shell.onData((data) => (screen += data));
  const shown = async (text: string) => expect.poll(() => screen, { timeout: 10_000 }).toContain(text);
  await shown('first> ');
  shell.write("source <(./docker-dev.sh completion zsh); PS1='second''> '\r");
  await shown('second> ');
  expect(screen).not.toContain('not found');
  shell.write('./docker-dev.sh restart d\t');
  await shown('./docker-dev.sh restart db');
});

it('is for no other shell', async () => {
  expect((await run(['completion', 'tcsh'])).exitCode).toBe(2);
});
