/** Every command that help lists, called wrongly: exit 2, one sentence, the command's help, and nothing that Docker would do. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { answer, calls, project, run, STACK } from './sandbox.ts';

/** What only asks. The rest changes something. */
const QUESTION = /^(compose version|version |compose (--profile \* )?config|compose ps |ps |inspect |volume inspect |info |images? inspect )/;

/** A tool's own arguments go to the tool, which refuses what it does not know. */
const PASSED_ON = ['build', 'celery', 'e2e', 'logs', 'makemigrations', 'manage', 'migrate', 'npm', 'pip', 'psql', 'redis-cli', 'superuser'];

/** What stands for the words of a usage line: one that the command takes. */
const WORDS: Readonly<Record<string, string>> = {
  ACTION: 'list', app: 'app', 'bash|zsh|fish': 'bash', BRANCH: 'main', COMMAND: 'true', FILE: 'some.sql', MAJOR: '18', NAME: 'things', N: '1', PART: 'backend', 'PACKAGE…': 'dayjs', SERVICE: 'backend',
  branch: 'main', command: 'start', file: 'some.tar', model: 'Thing', name: 'one', 'name…': 'reset', 'option…': '--watch', 'package…': 'dayjs', part: 'backend', path: '/admin/', 'service…': 'db',
};

async function usages(): Promise<readonly (readonly [name: string, tokens: readonly string[]])[]> {
  const { stdout } = await run(['help']);
  return [...stdout.matchAll(/^ {2}([a-z][a-z0-9-]*)((?: \S+)*?) {2,}\S/gm)].map((found) => [found[1]!, found[2]!.trim().split(' ').filter(Boolean)]);
}

const word = (token: string): string => {
  const bare = token.replaceAll(/[[\]]/g, '');
  return WORDS[bare] ?? bare;
};

/** The lines that are wrong, by the command's own usage line. */
function wrongLines(name: string, tokens: readonly string[]): readonly (readonly string[])[] {
  if (PASSED_ON.includes(name)) return [];
  const full = tokens.filter((token) => !token.includes('arguments…')).map(word);
  const least = tokens.join(' ').replaceAll(/\[[^\]]*\]/g, '').split(' ').filter(Boolean).map(word);
  const many = tokens.some((token) => token.includes('…'));
  return [
    [name, '--nonsense'],
    ...(tokens.some((token) => token.includes('arguments…')) ? [] : [[name, ...least, '--nonsense']]),
    ...(many ? [] : [[name, ...full, 'surplus']]),
    ...(tokens.some((token) => /^\[(service|option)…/.test(token)) ? [[name, 'surplus']] : []),
    ...(least.length > 0 ? [[name]] : []),
  ];
}

it('a command that is called wrongly does nothing, and says so in a sentence', async () => {
  writeFileSync(join(project, '.env'), 'POSTGRES_PASSWORD=s3cret\n');
  answer('config', STACK);
  const listed = await usages();
  expect(listed.length).toBeGreaterThan(45);
  const lines = listed.flatMap(([name, tokens]) => wrongLines(name, tokens));
  expect(lines.length).toBeGreaterThan(80);
  for (const line of lines) await refused(line);
}, 120_000);

it.each([
  'shell surplus', 'logs --request abc surplus', 'logs --match abc surplus', 'client surplus', 'status --json --nonsense', 'start db --nonsense', 'backup --keep 3',
  'backups prune --keep', 'snapshot list surplus', 'snapshot save one two', 'worktree list surplus', 'worktree add main --nonsense', 'restore a.tar --nonsense',
  'prod up surplus', 'prod deploy surplus', 'prod rollback surplus', 'prod down surplus', 'prod status surplus', 'prod check surplus', 'prod reload surplus', 'prod nonsense',
  'prod certificate --self-signed surplus', 'prod restore a.tar --yes-replace=app-prod surplus', 'prod backup a.tar b.tar', 'prod backup --nonsense',
])('%s', async (line) => {
  writeFileSync(join(project, '.env'), 'POSTGRES_PASSWORD=s3cret\n');
  for (const name of ['.env.prod', 'docker-compose.prod.yml']) writeFileSync(join(project, name), '');
  answer('config', STACK);
  answer('running', '');
  answer('exit-code', '1');
  await refused(line.split(' '), /^compose exec -T surplus /);
});

it.each([['status', '--quick', '--json'], ['status', '--json', '--quick']])('options go together: %s %s %s', async (...line) => {
  writeFileSync(join(project, '.env'), '');
  const { exitCode, stdout } = await run(line);
  expect(JSON.parse(stdout)).toMatchObject({ project: 'app' });
  expect(exitCode).toBe(1); // nothing runs
});

async function refused(line: readonly string[], harmless = QUESTION): Promise<void> {
  const before = calls().length;
  const { exitCode, stdout, stderr } = await run(line);
  const told = `${line.join(' ')}\n${stdout}\n${stderr}`;
  expect(exitCode, told).toBe(2);
  expect(stdout, told).toBe('');
  expect(stderr.split('\n').filter((text) => !text.startsWith('  ')), told).toHaveLength(1);
  expect(stderr, told).toMatch(/^(✗ )?\S+( \S+){2,}(\n|$)/);
  expect(calls().slice(before).filter((call) => !QUESTION.test(call) && !harmless.test(call)), told).toEqual([]);
}
