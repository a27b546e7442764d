/**
 * A swarm of three on this machine: its own engine as the manager that builds, and two more, each in a network of its own,
 * joined by a switch in a fourth. Every node reaches one registry at the same address, for its storage is one folder.
 * Takes root and Linux, and Debian's docker-registry.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { docker } from '../stack/stack.ts';
import { until } from '../stack/until.ts';

const PREFIX = 'devswarm';
const SWITCH = `${PREFIX}-switch`;
const OTHERS = [2, 3] as const;
/** On a node's own loopback, where an engine asks without TLS. */
export const REGISTRY = '127.0.0.1:27596';
export const ADDRESSES: readonly string[] = [1, ...OTHERS].map(addressOf);

export interface Swarm {
  /** Cuts the node off, with all that it runs: for the others it is dead. */
  kill(node: (typeof OTHERS)[number]): Promise<void>;
  /** It is back, and still runs all that it ran. */
  revive(node: (typeof OTHERS)[number]): Promise<void>;
  /** For a `docker` that is to speak with that node. */
  environment(node: number): { readonly DOCKER_HOST?: string };
  remove(): Promise<void>;
}

/** @param programs the folder of the engine's daemon */
export async function makeSwarm(programs: string): Promise<Swarm> {
  await takeDown();
  const folder = await mkdtemp(join(tmpdir(), 'swarm-'));
  const started: ReturnType<typeof spawn>[] = [];
  const run = (node: number, ...command: string[]) => started.push(spawn(programs, join(folder, `log-${node}`), node, command));
  const swarm: Swarm = {
    kill: (node) => ip('-n', nameOf(node), 'link', 'set', 'eth0', 'down'),
    async revive(node) {
      await ip('-n', nameOf(node), 'link', 'set', 'eth0', 'up');
      await ip('-n', nameOf(node), 'route', 'add', 'default', 'via', addressOf(1)); // it went with the link
    },
    environment: (node) => (node === 1 ? {} : { DOCKER_HOST: socketOf(folder, node) }),
    async remove() {
      await execa('docker', ['swarm', 'leave', '--force'], { reject: false });
      for (const process of started) process.kill('SIGTERM');
      await Promise.all(started);
      await takeDown();
      // What containers of a node that was cut off had mounted, the innermost first.
      const mounts = (await readFile('/proc/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '');
      for (const mount of mounts.filter((path) => path.startsWith(`${folder}/`)).toReversed()) await execa('umount', ['--lazy', mount], { reject: false });
      await rm(folder, { recursive: true, force: true });
    },
  };
  try {
    await connectNodes();
    const config = join(folder, 'registry.yml');
    await writeFile(config, JSON.stringify({ version: '0.1', log: { level: 'error' }, storage: { filesystem: { rootdirectory: join(folder, 'registry') } }, http: { addr: REGISTRY } }));
    for (const node of [1, ...OTHERS]) run(node, 'docker-registry', 'serve', config);
    for (const node of OTHERS) run(node, 'dockerd', ...['data-root', 'exec-root', 'pidfile'].flatMap((name) => [`--${name}`, join(folder, String(node), name)]), '--host', socketOf(folder, node));
    for (const node of OTHERS) await until(`engine ${node} answers`, () => docker('--host', socketOf(folder, node), 'version').then(() => true), { seconds: 60 });
    await docker('swarm', 'init', '--advertise-addr', addressOf(1), '--listen-addr', addressOf(1));
    const token = await docker('swarm', 'join-token', '--quiet', 'manager');
    for (const node of OTHERS) await docker('--host', socketOf(folder, node), 'swarm', 'join', '--token', token, '--advertise-addr', addressOf(node), `${addressOf(1)}:2377`);
    return swarm;
  } catch (error) {
    await swarm.remove();
    throw error;
  }
}

/** Puts an image that this engine has where the others find it. @returns its name there */
export async function share(image: string): Promise<string> {
  const name = `${REGISTRY}/${image}`;
  await docker('tag', image, name);
  await docker('push', '--quiet', name);
  await docker('rmi', name);
  return name;
}

function addressOf(node: number): string {
  return `10.77.0.${node}`;
}

/** In the network of that node. */
function spawn(programs: string, log: string, node: number, command: readonly string[]) {
  const [program = '', ...args] = [...(node === 1 ? [] : ['nsenter', `--net=/run/netns/${nameOf(node)}`]), ...command];
  const env = { PATH: `${programs}:${join(programs, '../bin')}:${process.env['PATH']}` };
  return execa(program, args, { env, reject: false, stdin: 'ignore', buffer: false, stdout: { file: log }, stderr: { file: log } });
}

const nameOf = (node: number) => `${PREFIX}-${node}`;
const socketOf = (folder: string, node: number) => `unix://${join(folder, String(node), 'sock')}`;
const ip = async (...args: string[]) => void (await execa('ip', args));

/** The switch is in a network of its own, too: this machine's firewall has no part in what passes it. */
async function connectNodes(): Promise<void> {
  await ip('netns', 'add', SWITCH);
  await ip('-n', SWITCH, 'link', 'add', 'switch0', 'type', 'bridge');
  await ip('-n', SWITCH, 'link', 'set', 'switch0', 'up');
  for (const node of OTHERS) {
    await ip('netns', 'add', nameOf(node));
    await ip('-n', SWITCH, 'link', 'add', `port${node}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', nameOf(node));
    await ip('-n', nameOf(node), 'address', 'add', `${addressOf(node)}/24`, 'dev', 'eth0');
    for (const name of ['lo', 'eth0']) await ip('-n', nameOf(node), 'link', 'set', name, 'up');
    await ip('-n', nameOf(node), 'route', 'add', 'default', 'via', addressOf(1)); // an engine wants one; nothing leads on from there
  }
  await ip('link', 'add', nameOf(1), 'type', 'veth', 'peer', 'name', 'port1', 'netns', SWITCH);
  await ip('address', 'add', `${addressOf(1)}/24`, 'dev', nameOf(1));
  await ip('link', 'set', nameOf(1), 'up');
  for (const node of [1, ...OTHERS]) await ip('-n', SWITCH, 'link', 'set', `port${node}`, 'master', 'switch0', 'up');
}

/** Also what a run that was killed has left. */
async function takeDown(): Promise<void> {
  for (const name of [SWITCH, ...OTHERS.map(nameOf)]) await execa('ip', ['netns', 'delete', name], { reject: false });
  await execa('ip', ['link', 'delete', nameOf(1)], { reject: false });
}
