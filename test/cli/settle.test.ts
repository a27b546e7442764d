import { expect, it } from 'vitest';
import { parseFlags } from '../../src/cli/flags.ts';
import { explainClash, settle } from '../../src/cli/settle.ts';
import { resolve } from '../../src/options/resolve.ts';
import { HOST } from '../fixtures.ts';

it("what is not given takes its default, and the name is the directory's last part", () => {
  const { answers, assumed, faults } = settle(parseFlags(['../shop', '--celery']).given);
  expect(faults).toEqual([]);
  expect(answers).toMatchObject({ directory: '../shop', name: 'shop', celery: true, proxyPort: 80, git: true });
  expect(assumed).not.toContain('celery');
  expect(assumed).toContain('name');
});

it.each([
  [[], 'A directory is needed: create-devstack my-app.'],
  [['My App'], 'The directory "My App" gives the project the name "My App": a name has lower-case letters, digits and single hyphens, and starts with a letter; try my-app, as --name.'],
])('%j is a fault', (argv, fault) => {
  expect(settle(parseFlags(argv).given).faults).toEqual([fault]);
});

it('a directory of any name is fine with --name', () => {
  expect(settle(parseFlags(['My App', '--name', 'shop']).given)).toMatchObject({ faults: [], answers: { name: 'shop' } });
});

it('a value that was refused is not told a second time', () => {
  expect(settle(parseFlags(['app', '--name', 'X Y']).given).faults).toEqual([]);
});

it('a clash says where each of its values came from', () => {
  const { given } = parseFlags(['app', '--db-port', '80']);
  const [clash] = resolve(settle(given).answers, HOST).clashes;
  expect(clash && explainClash(clash, given.places)).toBe(
    'the default of --proxy-port and --db-port: host port 80 would be shared by proxy and db; give each service a port of its own.',
  );
});
