/** Deployments while people are there, ends in order, and the way through docs/production.md. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { describe, expect, inject, test } from 'vitest';
import { docker } from '../stack/stack.ts';
import { startLoad } from '../stack/load.ts';
import { containerOf, containers, prod, prodScript, visit } from './site.ts';

const site = inject('site');
const file = (path: string) => join(site.stack.folder, path);
const edit = async (path: string, change: (text: string) => string) => writeFile(file(path), change(await readFile(file(path), 'utf8')));
const title = async () => /<title>(.*)<\/title>/.exec((await visit(site, '/')).text)?.[1];
const asset = async () => /src="(\/assets\/[^"]+)"/.exec((await visit(site, '/')).text)?.[1] ?? '';

/** Fifty requests a second to Django and as many to nginx's own files, from before until after. */
async function underLoad<T>(what: string, work: () => Promise<T>): Promise<T> {
  const loads = [startLoad(site.https, '/api/v1/config/frontend/', true), startLoad(site.https, '/', true)];
  await sleep(1000);
  const value = await work();
  await sleep(1000);
  for (const load of loads) {
    const report = await load.stop();
    console.log(`${what}: ${report.failed} of ${report.sent} failed, the longest took ${report.longest.toFixed(2)} s`);
    expect(report.sent).toBeGreaterThan(100);
    expect(report.failed).toBe(0);
  }
  return value;
}

describe('without a failed request', () => {
  test('a release takes the place of another, whose files are there for pages that are open', async () => {
    const old = await asset();
    await edit('frontend/index.html', (text) => text.replace(/<title>.*<\/title>/, '<title>Second</title>'));
    await edit('frontend/src/main.tsx', (text) => `${text}\nconsole.debug('second')\n`);
    const [before] = [await containerOf(site, 'backend')];
    await underLoad('deploy', () => prod(site, 'deploy'));
    expect(await title()).toBe('Second');
    expect(await asset()).not.toBe(old);
    expect((await visit(site, old)).status).toBe(200);
    expect(await containerOf(site, 'backend')).not.toBe(before);
  }, 400_000);

  test('a rollback brings back the one before', async () => {
    await underLoad('rollback', () => prod(site, 'rollback'));
    expect(await title()).not.toBe('Second');
    expect(await prod(site, 'status')).toMatch(/Release \d{8}-\d{6}, before it \d{8}-\d{6}/);
  });

  test('a release that does not become healthy is given up', async () => {
    const serving = await containerOf(site, 'backend');
    await edit('backend/config/wsgi.py', (text) => `${text}\nraise RuntimeError("broken release")\n`);
    const { exitCode, all } = await underLoad('broken release', () => prodScript(site, 'deploy'));
    await edit('backend/config/wsgi.py', (text) => text.replace(/\nraise RuntimeError.*\n/, ''));
    expect(exitCode).toBe(1);
    expect(all).toContain('broken release');
    expect(all).toContain('serves on');
    expect(await containers(site, 'label=com.docker.compose.service=backend')).toEqual([serving]);
  });
});

test('what PostgreSQL accepts is more than the running processes can take', async () => {
  const processes = Number(await docker('exec', await containerOf(site, 'backend'), 'sh', '-c', 'grep -l ^/opt/venv/bin/python /proc/[0-9]*/cmdline | wc -l')) - 1; // the arbiter
  expect(processes).toBe(5);
  const [{ max, used } = { max: 0, used: 0 }] = [await connections()];
  expect(used).toBeLessThanOrEqual(max);
  expect(2 * processes * 4 + 12).toBeLessThanOrEqual(max);
});

test('a request that has begun is answered before its backend ends', async () => {
  const id = await containerOf(site, 'backend');
  const script = `
import socket, time
s = socket.create_connection(("localhost", 8000))
s.sendall(b"GET /api/v1/health/live/ HTTP/1.1\\r\\nHost: localhost\\r\\n")
print("begun", flush=True)
time.sleep(3)
s.sendall(b"Connection: close\\r\\n\\r\\n")
print(s.recv(15), flush=True)`;
  const asking = execa('docker', ['exec', id, 'python', '-c', script], { stdin: 'ignore', reject: false });
  await sleep(1500);
  await docker('stop', '--time', '40', id);
  const { stdout } = await asking;
  await docker('start', id);
  await expect.poll(() => docker('inspect', '--format', '{{.State.Health.Status}}', id), { timeout: 60_000 }).toBe('healthy');
  expect(stdout).toContain('HTTP/1.1 200');
});

test('every command of docs/production.md does what it says, in its order', async () => {
  const page = await readFile(file('docs/production.md'), 'utf8');
  const commands = [...page.matchAll(/^\.\/docker-dev\.sh prod (.*)$/gm)].map(([, line = '']) => line.split(' '));
  const first = ['check', 'certificate', 'up', 'manage', 'manage', 'status', 'logs', 'deploy', 'rollback', 'reload', 'certificate', 'backup', 'restore', 'down'];
  expect(commands.map(([action]) => action)).toEqual(first);
  const tested = new Set(['deploy', 'rollback', 'certificate', 'restore']); // above, below, and in site.test.ts
  for (const command of commands) {
    if (tested.has(command[0]!) || command[1] === 'changepassword' || command[0] === 'down') continue;
    await prod(site, ...command);
  }
  const [saved = ''] = (await readdir(file('backups'))).filter((name) => name.endsWith('.tar'));
  expect(saved).toMatch(/^pr-app-prod-\d{8}-\d{6}\.tar$/);
  const all = await containers(site);
  await docker('stop', ...all);
  for (const id of all) expect(await docker('inspect', '--format', '{{.Name}} {{.State.ExitCode}}', id)).toMatch(/ (0|143)$/); // not 137: none had to be killed
  await prod(site, 'down');
  expect(await containers(site)).toEqual([]);
  await prod(site, 'up');
  const users = await prod(site, 'manage', 'shell', '-c', 'from apps.users.models import User; print(User.objects.get().email)');
  expect(users).toContain('admin@example.com');
});

describe('a backup', () => {
  const NAME = 'pr-app-prod';
  const shell = (code: string) => prod(site, 'manage', 'shell', '--no-imports', '-c', code);
  const state = () => shell("from apps.users.models import User; from pathlib import Path; print([*User.objects.values_list('email', flat=True)], Path('/app/media/kept.txt').read_text())");

  test('of before brings back rows and files, and the site serves them', async () => {
    await docker('exec', await containerOf(site, 'backend'), 'sh', '-c', 'printf first >/app/media/kept.txt');
    const before = await state();
    await prod(site, 'backup', 'backups/drill.tar');
    await shell("from apps.users.models import User; User.objects.all().delete(); open('/app/media/kept.txt', 'w').write('second')");
    await prod(site, 'restore', 'backups/drill.tar', `--yes-replace=${NAME}`);
    expect(await state()).toBe(before);
    expect((await visit(site, '/api/v1/health/')).status).toBe(200);
  });

  test('that is damaged stops nothing', async () => {
    await execa('sh', ['-c', 'head -c 3000 drill.tar >half.tar'], { cwd: file('backups') });
    const before = await containers(site);
    const { exitCode, all } = await prodScript(site, 'restore', 'backups/half.tar', `--yes-replace=${NAME}`);
    expect(all).toContain('damaged');
    expect(exitCode).toBe(1);
    expect(await containers(site)).toEqual(before);
  });

  test('of tonight leaves as many as are to be kept, and those that have a name', async () => {
    for (let night = 0; night < 2; night++) await prod(site, 'backup', '--keep', '1');
    const kept = (await readdir(file('backups'))).filter((name) => name.endsWith('.tar'));
    expect(kept.filter((name) => name.startsWith(NAME))).toHaveLength(1);
    expect(kept).toContain('drill.tar');
  });
});

async function connections(): Promise<{ readonly max: number; readonly used: number }> {
  const query = "SELECT current_setting('max_connections'), count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'";
  const [max = '', used = ''] = (await docker('exec', await containerOf(site, 'db'), 'psql', '-U', 'postgres', '-At', '-c', query)).split('|');
  return { max: Number(max), used: Number(used) };
}
