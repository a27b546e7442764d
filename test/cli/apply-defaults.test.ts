import { expect, it } from 'vitest';
import { parseFlags } from '../../src/cli/flags.ts';
import { explainClash, applyDefaults } from '../../src/cli/apply-defaults.ts';
import { resolve } from '../../src/options/resolve.ts';
import { HOST } from '../fixtures.ts';

it("what is not given takes its default, and the name is the directory's last part", () => {
  const { answers, assumed, faults } = applyDefaults(parseFlags(['../shop', '--celery']).partial);
  expect(faults).toEqual([]);
  expect(answers).toMatchObject({ directory: '../shop', name: 'shop', celery: true, proxyPort: 80, git: true });
  expect(assumed).not.toContain('celery');
  expect(assumed).toContain('name');
});

it.each([
  [[], expect.stringMatching(/^A directory is needed\. With every choice, in one line: npm create devstack@latest -- my-app --name my-app .*--no-celery .*--yes$/)],
  [['My App'], 'The directory "My App" gives the project the name "My App": a name has lower-case letters, digits and single hyphens, and starts with a letter; try my-app, as --name.'],
])('%j is a fault', (argv, fault) => {
  expect(applyDefaults(parseFlags(argv).partial).faults).toEqual([fault]);
});

it('a directory of any name is fine with --name', () => {
  expect(applyDefaults(parseFlags(['My App', '--name', 'shop']).partial)).toMatchObject({ faults: [], answers: { name: 'shop' } });
});

it('a value that was refused is not told a second time', () => {
  expect(applyDefaults(parseFlags(['app', '--name', 'X Y']).partial).faults).toEqual([]);
});

it('a clash says where each of its values came from', () => {
  const { partial } = parseFlags(['app', '--db-port', '80']);
  const [clash] = resolve(applyDefaults(partial).answers, HOST).clashes;
  expect(clash && explainClash(clash, partial.sources)).toBe(
    'the default of --proxy-port and --db-port: host port 80 would be shared by proxy and db; give each service a port of its own.',
  );
});
