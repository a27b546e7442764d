/** `start --with`: optional services, which COMPOSE_PROFILES in .env turns on. */
import { execa } from 'execa';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { answer, calls, environment, model, project, run } from './sandbox.ts';

const env = () => readFileSync(join(project, '.env'), 'utf8');
const started = () => calls().filter((call) => call.startsWith('compose --progress plain up'));

beforeEach(() => {
  answer('config', model({ db: {}, proxy: { needs: ['db'] }, mailer: { profile: 'with-mailer' }, board: { profile: 'with-board' }, tunnel: { profile: 'abroad' } }));
  answer('states', ['db', 'proxy', 'mailer', 'board', 'tunnel'].map((name) => `${name}\trunning\tUp (healthy)\t${name}1\tapp-${name}\n`).join(''));
});

it.each([
  ['a line that shows the default', 'A=1\n# COMPOSE_PROFILES=\nB=2\n', 'A=1\nCOMPOSE_PROFILES=with-mailer\nB=2\n'],
  ['no line', 'A=1\n', 'A=1\nCOMPOSE_PROFILES=with-mailer\n'],
  ['another profile', 'COMPOSE_PROFILES=with-board\n', 'COMPOSE_PROFILES=with-board,with-mailer\n'],
  ['a name that begins with it', 'COMPOSE_PROFILES=with-mailer2\n', 'COMPOSE_PROFILES=with-mailer2,with-mailer\n'],
  ['quotes, blanks and a comment', `COMPOSE_PROFILES="with-board, other" # mine\r\n`, 'COMPOSE_PROFILES=with-board,other,with-mailer\n'],
  ['the profile itself', 'COMPOSE_PROFILES=with-board,with-mailer\n', 'COMPOSE_PROFILES=with-board,with-mailer\n'],
  ['all profiles', 'COMPOSE_PROFILES=*\n', 'COMPOSE_PROFILES=*\n'],
  ['quotes around the profile itself', `COMPOSE_PROFILES='with-mailer'\n`, `COMPOSE_PROFILES='with-mailer'\n`],
])('start --with, where .env has %s', async (_case, before, after) => {
  writeFileSync(join(project, '.env'), before, { mode: 0o600 });
  const { exitCode, stdout, stderr } = await run(['start', '--with', 'mailer']);
  expect(exitCode, stdout + stderr).toBe(0);
  expect(env()).toBe(after);
  expect(statSync(join(project, '.env')).mode & 0o777).toBe(0o600);
  expect(started()).toEqual(['compose --progress plain up --detach']);
});

it('several at once, on a fresh clone, a profile by its own name, and only some services', async () => {
  const { exitCode } = await run(['start', '--with', 'board', 'db', '--with', 'abroad']);
  expect(exitCode).toBe(0);
  expect(env()).toMatch(/^COMPOSE_PROFILES=with-board,abroad$/m);
  expect(started()).toEqual(['compose --progress plain up --detach db board tunnel']);
});

it.each([['mailre', '"mailre"'], ['with-mailer', '"with-mailer"'], ['', '""'], ['abroad board', '"abroad board"']])('start --with %j names those that there are, and does nothing', async (name, told) => {
  const { exitCode, stderr } = await run(['start', '--with', name]);
  expect(stderr).toBe(`✗ start --with does not know ${told}, only: abroad board mailer.`);
  expect(exitCode).toBe(2);
  expect(existsSync(join(project, '.env'))).toBe(false);
  expect(started()).toEqual([]);
});

it('start --with, and nothing behind it', async () => {
  expect((await run(['start', '--with'])).exitCode).toBe(2);
  answer('config', model({ db: {} }));
  expect((await run(['start', '--with', 'mailer'])).stderr).toContain('this project has no optional service');
});

it('a variable of the shell that hides what is written is named, and nothing is written', async () => {
  const { exitCode, stderr } = await run(['start', '--with', 'mailer'], { COMPOSE_PROFILES: 'with-board' });
  expect(stderr).toContain('unset COMPOSE_PROFILES');
  expect(exitCode).toBe(1);
  expect(existsSync(join(project, '.env'))).toBe(false);
});

it('completes the names that the compose file has', async () => {
  writeFileSync(join(project, 'docker-compose.yml'), 'services:\n  db:\n    image: x\n  mailer:\n    profiles: [with-mailer] # some\n  board:\n    profiles:\n      - with-board\n      - abroad\nvolumes:\n  with-no:\n');
  const script = 'source <(./docker-dev.sh completion bash); COMP_WORDS=(x start db --with ""); COMP_CWORD=4; _docker_dev; echo "${COMPREPLY[@]}"';
  expect((await execa('bash', ['-c', script], { cwd: project, env: environment() })).stdout).toBe('abroad board mailer');
  expect((await run(['completion', 'fish'])).stdout).toContain("complete -c docker-dev.sh -n \"__fish_seen_subcommand_from start\" -l with -xa 'abroad board mailer'");
});
