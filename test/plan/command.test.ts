import { expect, it } from 'vitest';
import { formatCommand, spellOut } from '../../src/plan/command.ts';
import { parseFlags } from '../../src/cli/flags.ts';
import { applyDefaults } from '../../src/cli/apply-defaults.ts';
import { resolve } from '../../src/options/resolve.ts';
import { HOST, optionsOf } from '../fixtures.ts';

it('the default project needs no flag', () => {
  expect(formatCommand(optionsOf())).toBe('npm create devstack@latest -- app --yes');
});

it('quotes a directory that a shell would split', () => {
  expect(formatCommand(optionsOf(), 'my app')).toBe('npm create devstack@latest -- "my app" --name app --yes');
});

it.each([
  [['app']],
  [['app', '--celery', '--proxy-port', '8080', '--images', 'current']],
  [['../x/y', '--name', 'shop', '--limit', 'db.memory=1g', '--limit', 'proxy.cpus=0.3']],
  [['app', '--limits', 'fit']],
])('%j: the printed command makes the same project', (argv) => {
  const { partial } = parseFlags(argv);
  const { options } = resolve(applyDefaults(partial).answers, { cpus: 2, memory: 4096 });
  const command = formatCommand(options, partial.answers.directory);
  const again = parseFlags(command.split(' ').slice(4));
  expect(again.faults).toEqual([]);
  expect(resolve(applyDefaults(again.partial).answers, HOST).options).toEqual(options);
});

it.each([[['app']], [['my app', '--name', 'shop', '--websockets', '--limit', 'db.memory=1g', '--no-git']]])('%j, spelled out, says every choice and makes the same project', (argv) => {
  const { answers } = applyDefaults(parseFlags(argv).partial);
  const line = spellOut(answers);
  const again = parseFlags(line.replace('"my app"', argv[0]!.replace(' ', '\0')).split(' ').slice(4).map((word) => word.replace('\0', ' ')));
  expect(again.faults).toEqual([]);
  expect(applyDefaults(again.partial)).toMatchObject({ answers, assumed: expect.not.arrayContaining(['celery', 'proxyPort', 'images', 'limits', 'agents', 'git']) });
});
