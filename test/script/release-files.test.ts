/** What a release does in the folder that nginx serves: the script of `switch-files`, as docker-compose.prod.yml has it, in a folder of our own. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parse } from 'yaml';

const COMPOSE = new URL('../../templates/compose/base/docker-compose.prod.yml', import.meta.url);
const { services } = parse(readFileSync(COMPOSE, 'utf8'), { merge: true }) as { services: { 'switch-files': { command: readonly string[] } } };

let folder: string;
const links = () => ['current', 'previous'].map((name) => (readdirSync(folder).includes(name) ? readlinkSync(join(folder, name)) : undefined));
const releases = () => readdirSync(folder).filter((name) => /^\d/.test(name)).toSorted();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** With another name for /srv/www, and the arguments that Compose fills in. */
async function switchTo(release: string, kept: string): Promise<void> {
  const [program = '', ...args] = services['switch-files'].command.slice(0, -2);
  const script = args.map((arg) => arg.replaceAll('$$', '$').replace('/srv/www', folder));
  mkdirSync(join(folder, release), { recursive: true });
  await execa(program, [...script, release, kept]);
}

it('keeps the files of the releases that one can go back to, and no others', async () => {
  await switchTo('20260101-000000', '20260101-000000');
  expect([links(), releases()]).toEqual([['20260101-000000', undefined], ['20260101-000000']]);
  mkdirSync(join(folder, '20260102-000000')); // of a release that was given up
  mkdirSync(join(folder, '20260102-000000.part'));
  await switchTo('20260103-000000', '20260101-000000 20260103-000000');
  expect([links(), releases()]).toEqual([['20260103-000000', '20260101-000000'], ['20260101-000000', '20260103-000000']]);
  await switchTo('20260101-000000', '20260103-000000 20260101-000000'); // a rollback
  expect([links(), releases()]).toEqual([['20260101-000000', '20260103-000000'], ['20260101-000000', '20260103-000000']]);
});

it('keeps what is served just before, also where the list does not know it', async () => {
  mkdirSync(join(folder, '20260101-000000'));
  symlinkSync('20260101-000000', join(folder, 'current'));
  await switchTo('20260104-000000', '20260104-000000');
  expect([links(), releases()]).toEqual([['20260104-000000', '20260101-000000'], ['20260101-000000', '20260104-000000']]);
});

it('removes nothing without a list', async () => {
  mkdirSync(join(folder, '20260101-000000'));
  await switchTo('20260104-000000', '');
  expect(releases()).toEqual(['20260101-000000', '20260104-000000']);
});
