/**
 * A second Docker daemon, with images, containers and a network of its own, that a drill may end as it likes.
 * Takes root and Linux. Its network is another one than the machine's, so that its firewall rules are in nobody's way; what
 * a container publishes is reached through a Unix socket.
 */
import { mkdtemp, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { until } from './until.ts';

export interface SecondEngine {
  /** For DOCKER_HOST. */
  readonly host: string;
  start(): Promise<void>;
  /** @returns once the daemon has ended */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** @returns the Unix socket behind which the port of the engine's network is */
  relay(port: number): Promise<string>;
  remove(): Promise<void>;
}

/** The folder of the daemon's own program and of what it calls; undefined where none is at hand. */
export async function daemonFolder(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const pid = (await execa('pidof', ['-s', 'dockerd'], { reject: false })).stdout;
  return pid ? dirname(await readlink(`/proc/${pid}/exe`)) : undefined;
}

export async function secondEngine(programs: string): Promise<SecondEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'engine-'));
  const host = `unix://${join(folder, 'sock')}`;
  const env = { PATH: `${programs}:${join(programs, '../bin')}:${process.env['PATH']}` };
  const holder = execa('unshare', ['--net', 'sleep', 'infinity'], { reject: false, stdio: 'ignore' });
  const inside = (...command: readonly string[]) => execa('nsenter', [`--net=/proc/${holder.pid}/ns/net`, ...command], { env, reject: false, stdin: 'ignore', buffer: false, stdout: { file: join(folder, 'log') }, stderr: { file: join(folder, 'log') } });
  const relays: ReturnType<typeof inside>[] = [];
  let daemon: ReturnType<typeof inside> | undefined;
  await until('a network of its own', async () => (await readlink(`/proc/${holder.pid}/ns/net`)) !== (await readlink('/proc/self/ns/net')), { seconds: 5 });
  await inside('ip', 'link', 'set', 'lo', 'up');

  const engine: SecondEngine = {
    host,
    async start() {
      const place = ['data-root', 'exec-root', 'pidfile'].flatMap((name) => [`--${name}`, join(folder, name)]);
      daemon = inside('dockerd', ...place, '--host', host);
      await until('the second engine answers', () => execa('docker', ['--host', host, 'version']).then(() => true), { seconds: 60 });
    },
    async end(signal) {
      daemon?.kill(signal);
      await daemon;
      daemon = undefined;
    },
    async relay(port) {
      const socket = join(folder, `port-${port}`);
      relays.push(inside(process.execPath, '-e', RELAY, socket, String(port)));
      await until('the relay listens', () => execa('test', ['-S', socket]).then(() => true), { seconds: 10 });
      return socket;
    },
    async remove() {
      await engine.end('SIGTERM');
      for (const process of [...relays, holder]) process.kill('SIGKILL');
      const unmount = () => execa('umount', ['--lazy', join(folder, 'data-root')], { reject: false });
      while ((await unmount()).exitCode === 0); // one for each daemon that was killed
      await rm(folder, { recursive: true, force: true });
    },
  };
  return engine;
}

const RELAY = `
const { connect, createServer } = require('node:net');
const [socket, port] = process.argv.slice(-2);
createServer((client) => {
  const server = connect(Number(port), '127.0.0.1');
  for (const [one, other] of [[client, server], [server, client]]) {
    one.pipe(other);
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}).listen(socket);`;
