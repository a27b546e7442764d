// The checkout in, everything that is measured out: packed, and installed by npm into a temporary folder. Needs the network.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODES, PEERS } from './peers.mjs';
import { treeSize } from './tree-size.mjs';

/** @typedef {{ version: string, program: string }} InstalledNode */
/** @typedef {{ name: string, version: string, script: string, packed: number, unpacked: number, files: number, dependencies: number }} Own */
/** @typedef {import('./peers.mjs').Peer & { script: string | undefined, bytes: number, packages: number }} InstalledPeer */
/** @typedef {{ nodes: readonly InstalledNode[], own: Own, peers: readonly InstalledPeer[] }} Installed */

/**
 * @param {string} root the checkout
 * @param {string} folder a temporary one
 * @param {{ quick: boolean }} how
 * @returns {Installed}
 */
export function installAll(root, folder, { quick }) {
  const own = installOwn(root, folder);
  const nodes = NODES.map((version) => findNode(version, folder));
  return { nodes, own, peers: quick ? [] : PEERS.map((peer) => installPeer(peer, folder)) };
}

/** @param {string} root @param {string} folder @returns {Own} */
function installOwn(root, folder) {
  npm(root, 'run', 'build');
  const [pack] = JSON.parse(npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder));
  const place = install(folder, 'own', join(folder, pack.filename), '--ignore-scripts');
  const manifest = readManifest(place, pack.name);
  const dependencies = Object.keys(manifest.dependencies ?? {}).length;
  const script = scriptOf(place, pack.name, manifest.bin[pack.name]);
  return { name: pack.name, version: pack.version, script, packed: pack.size, unpacked: pack.unpackedSize, files: pack.entryCount, dependencies };
}

/** @param {string} version @param {string} folder @returns {InstalledNode} */
function findNode(version, folder) {
  const [major] = version.split('.');
  if (process.versions.node.startsWith(`${major}.`)) return { version: process.versions.node, program: process.execPath };
  const place = install(folder, `node-${major}`, `node@${version}`); // its script puts the program there
  const program = join(place, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(program)) throw new Error(`npm has installed node@${version} without its program; it may have refused the package's script`);
  return { version, program };
}

/** A peer that cannot be installed is shown as such and stops nothing. @param {import('./peers.mjs').Peer} peer @param {string} folder @returns {InstalledPeer} */
function installPeer(peer, folder) {
  try {
    const place = install(folder, peer.name.replace('/', '+'), `${peer.name}@${peer.version}`, '--ignore-scripts');
    const { bytes, manifests } = treeSize(join(place, 'node_modules'));
    return { ...peer, script: scriptOf(place, peer.name, peer.bin), bytes, packages: manifests };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return { ...peer, script: undefined, bytes: 0, packages: 0 };
  }
}

/** Each in a folder of its own, so that none shares another's dependencies. @returns {string} @param {string} folder @param {string} name @param {string[]} what */
function install(folder, name, ...what) {
  process.stderr.write(`installing ${name}\n`);
  const place = join(folder, 'installed', name);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), '{ "private": true }\n');
  npm(place, 'install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel', 'error', ...what);
  return place;
}

/** @param {string} cwd @param {string[]} args @returns {string} what it printed */
function npm(cwd, ...args) {
  // `npm run` says which npm it is; a program named npm would need a shell on Windows.
  const { npm_execpath: script } = process.env;
  const [program, ...before] = script === undefined ? ['npm'] : [process.execPath, script];
  const { status, stdout, stderr, error } = spawnSync(program ?? 'npm', [...before, ...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed: ${stderr ?? ''}`, { cause: error });
  return stdout;
}

/** @param {string} place @param {string} name */
const readManifest = (place, name) => JSON.parse(readFileSync(join(place, 'node_modules', name, 'package.json'), 'utf8'));

/** @param {string} place @param {string} name @param {string} bin */
function scriptOf(place, name, bin) {
  const script = join(place, 'node_modules', name, bin);
  if (!existsSync(script)) throw new Error(`${name} has no ${bin}`);
  return script;
}
