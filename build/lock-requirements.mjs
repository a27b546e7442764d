// Locks the backend's Python packages: every layer's requirements/*.in in; base's pins, and what each layer adds to them, out.
//
// All layers are resolved together, so no two of them can disagree on a version, and any combination of them installs
// with `pip install --require-hashes`. Each smaller combination is then resolved within those versions, which tells what
// of them it needs. Needs Python with venv, and the package index that pip on this machine uses.
//
//   npm run lock:backend                 keeps every version that still fits
//   npm run lock:backend -- --upgrade    takes the newest
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'smol-toml';

// Extras stay: without them pip takes a package with an extra for one that is not pinned, as soon as a newer one is out.
const COMPILE = ['--universal', '--generate-hashes', '--no-emit-index-url', '--no-header', '--no-annotate', '--no-strip-extras', '--python-version', '3.12'];

/** base.in is compiled first: dev.in names base.txt as its constraint. */
const LOCKS = ['base', 'dev'];

/**
 * A lock file names each file by a hash, and of 1,100 files two thirds are for Pythons or systems on which nobody develops
 * here; who does all the same has the source distribution. Kept are those and the wheels for CPython from 3.12 on, 64 bits,
 * on Linux with glibc (the images are Debian's), macOS and Windows. `./docker-dev.sh lock` keeps the hashes that are there.
 */
const KEPT = /\.(tar\.gz|zip)$|-(py3|py2\.py3|cp3\d+)-(none|abi3|cp31[2-4])-(any|manylinux[^-]*_(x86_64|aarch64)|macosx[^-]*|win_(amd64|arm64))\.whl$/;

const backend = fileURLToPath(new URL('../templates/backend-django/', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'lock-requirements-'));
const upgrade = process.argv.includes('--upgrade') ? ['--upgrade'] : [];

try {
  const uv = installUv();
  const layers = readdirSync(backend).filter((layer) => layer !== 'base' && existsSync(input(layer, 'base')));
  const all = resolve(uv, layers, { seed: locked(layers), flags: upgrade });
  const needed = new Map(subsets(layers).map((subset) => [subset.join('+'), namesWithin(uv, subset, all)]));
  const additions = new Map(layers.map((layer) => [layer, minus(needed.get(layer), needed.get(''))]));
  for (const subset of subsets(layers)) assertUnion(subset, needed, additions);
  const files = listFiles(uv, layers, all);
  for (const lock of LOCKS) all[lock] = new Map([...all[lock]].map(([name, entry]) => [name, keepHashes(entry, files)]));
  for (const lock of LOCKS) {
    write('base', lock, pick(all[lock], needed.get('')[lock]));
    for (const layer of layers) write(layer, lock, pick(all[lock], additions.get(layer)[lock]));
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** @typedef {Map<string, string>} Entries a lock file: package → its lines */
/** @typedef {{ base: Entries, dev: Entries }} Locked */
/** @typedef {{ base: Set<string>, dev: Set<string> }} Names */

function installUv() {
  const venv = join(work, 'uv');
  execFileSync(process.env['PYTHON'] ?? 'python3', ['-m', 'venv', venv]);
  const bin = join(venv, process.platform === 'win32' ? 'Scripts' : 'bin');
  execFileSync(join(bin, 'pip'), ['install', '--quiet', '--disable-pip-version-check', pinOf(locked([]).dev.get('uv') ?? 'uv')]);
  return join(bin, 'uv');
}

/**
 * @param {string} uv
 * @param {readonly string[]} layers those that take part beside base
 * @param {{ seed?: Locked, within?: Locked, flags?: readonly string[] }} how `seed`: versions to keep; `within`: versions to take
 * @returns {Locked}
 */
function resolve(uv, layers, { seed, within, flags = [] }) {
  const folder = mkdtempSync(join(work, 'resolve-'));
  const constraints = [];
  if (within !== undefined) {
    for (const lock of LOCKS) {
      const versions = [...within[lock].values()].map((entry) => pinOf(entry).replace(/\[.*\]/, '')); // a constraint has no extras
      writeFileSync(join(folder, `${lock}-versions.txt`), `${versions.join('\n')}\n`);
      constraints.push('--constraint', `${lock}-versions.txt`);
    }
  }
  for (const lock of LOCKS) {
    writeFileSync(join(folder, `${lock}.in`), [`base`, ...layers].map((layer) => wanted(layer, lock)).join(''));
    if (seed !== undefined) writeFileSync(join(folder, `${lock}.txt`), text(seed[lock]));
    const args = ['pip', 'compile', '--quiet', ...COMPILE, ...flags, ...constraints, `${lock}.in`, '--output-file', `${lock}.txt`];
    execFileSync(uv, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const [base, dev] = LOCKS.map((lock) => entries(readFileSync(join(folder, `${lock}.txt`), 'utf8')));
  return { base, dev };
}

/**
 * The files of the locked versions that Python 3.12 and later could install, by uv's other format, the only one that names
 * them: `pylock.toml` (PEP 751).
 * @returns {ReadonlyMap<string, string>} SHA-256 → file name
 */
function listFiles(uv, layers, all) {
  const folder = mkdtempSync(join(work, 'files-'));
  const versions = new Map(LOCKS.flatMap((lock) => [...all[lock].values()]).map((entry) => [pinOf(entry).replace(/\[.*\]/, ''), entry.split(/ ?\\\n/)[0]]));
  writeFileSync(join(folder, 'all.in'), `${[...versions.values()].join('\n')}\n`);
  execFileSync(uv, ['pip', 'compile', '--quiet', '--universal', '--no-deps', '--no-header', '--python-version', '3.12', '--format', 'pylock.toml', 'all.in', '--output-file', 'pylock.toml'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const { packages } = parse(readFileSync(join(folder, 'pylock.toml'), 'utf8'));
  return new Map(packages.flatMap(({ sdist, wheels = [] }) => [...(sdist === undefined ? [] : [sdist]), ...wheels]).map(({ url, hashes }) => [hashes.sha256, basename(new URL(url).pathname)]));
}

/** @throws where no file of a package would be left */
function keepHashes(entry, files) {
  const [pin, ...lines] = entry.trimEnd().split(/ \\\n/);
  const kept = lines.filter((line) => {
    const file = files.get(/sha256:([0-9a-f]{64})/.exec(line)?.[1] ?? '');
    return file !== undefined && KEPT.test(file);
  });
  if (kept.length === 0) throw new Error(`no file of ${pin} is for a system that is developed on`);
  return `${[pin, ...kept].join(' \\\n')}\n`;
}

/** What a combination needs of the versions that all layers together have come to. @returns {Names} */
function namesWithin(uv, subset, all) {
  const own = resolve(uv, subset, { within: all });
  for (const lock of LOCKS) {
    const strangers = [...own[lock].keys()].filter((name) => !all[lock].has(name));
    if (strangers.length > 0) throw new Error(`base+${subset.join('+')} alone needs ${strangers.join(', ')}, which all together do not`);
    const others = [...own[lock]].filter(([name, entry]) => pinOf(entry) !== pinOf(all[lock].get(name)));
    if (others.length > 0) throw new Error(`base+${subset.join('+')} alone pins ${others.map(([name]) => name).join(', ')} otherwise than all together`);
  }
  return { base: new Set(own.base.keys()), dev: new Set(own.dev.keys()) };
}

/** The generator joins the layers' files: that has to be what the combination itself resolves to. */
function assertUnion(subset, needed, additions) {
  for (const lock of LOCKS) {
    const union = new Set([...needed.get('')[lock], ...subset.flatMap((layer) => [...additions.get(layer)[lock]])]);
    const own = needed.get(subset.join('+'))[lock];
    const differ = [...own].filter((name) => !union.has(name)).concat([...union].filter((name) => !own.has(name)));
    if (differ.length > 0) throw new Error(`${lock}.txt of ${subset.join('+')} is not the union of its layers: ${differ.join(', ')}`);
  }
}

/** What a layer asks for: base's whole file without its marker, of the others the lines between theirs. */
function wanted(layer, lock) {
  const file = input(layer, lock);
  if (!existsSync(file)) return '';
  const content = readFileSync(file, 'utf8');
  if (layer === 'base') return content.replace(/^# slot: .*\n/gm, '');
  return /^# slot: features\n([^]*?)(?:^# end slot$|$(?![^]))/m.exec(content)?.[1] ?? '';
}

/** Every pin that is locked now. @returns {Locked} */
function locked(layers) {
  const read = (lock) =>
    new Map(['base', ...layers].map((layer) => output(layer, lock)).filter(existsSync).flatMap((file) => [...entries(readFileSync(file, 'utf8'))]));
  return { base: read('base'), dev: read('dev') };
}

/** An entry begins at the start of a line, what belongs to it is indented. @returns {Entries} */
function entries(content) {
  const found = content.match(/^[^\s#].*\n(?:[ \t].*\n)*/gm) ?? [];
  return new Map(found.map((entry) => [/^[\w.-]+/.exec(entry)[0], entry]));
}

/** `name[extra]==version`, without what follows. @param {string} entry */
function pinOf(entry) {
  return entry.split(/ ?[;\\]/)[0].trim();
}

function text(locked) {
  return [...locked.keys()].toSorted().map((name) => locked.get(name)).join('');
}

function pick(locked, names) {
  return new Map([...locked].filter(([name]) => names.has(name)));
}

function minus(names, others) {
  const without = (lock) => new Set([...names[lock]].filter((name) => !others[lock].has(name)));
  return { base: without('base'), dev: without('dev') };
}

function input(layer, lock) {
  return join(backend, layer, 'requirements', `${lock}.in`);
}

function output(layer, lock) {
  return join(backend, layer, 'requirements', `${lock}.txt`);
}

/** All combinations of layers, from none to all. */
function subsets(layers) {
  return layers.reduce((found, layer) => [...found, ...found.map((subset) => [...subset, layer])], [[]]);
}

function write(layer, lock, pins) {
  mkdirSync(join(backend, layer, 'requirements'), { recursive: true });
  if (pins.size > 0 || layer === 'base') writeFileSync(output(layer, lock), text(pins));
}
