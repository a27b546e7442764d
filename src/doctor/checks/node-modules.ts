/** The host's own node_modules, which editors and linters read, are those of package-lock.json. */
import { join } from 'node:path';
import type { Finding } from '../finding.ts';
import { parseJson } from '../json.ts';
import type { Check, Subject } from '../subject.ts';
import { place } from '../wording.ts';

interface Lock {
  readonly packages?: Readonly<Record<string, Package>>;
}

interface Package {
  readonly version?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly link?: boolean;
}

export const checkNodeModules: Check = async (subject) => {
  const { directory, system } = subject;
  const folder = join(directory, 'frontend', 'node_modules');
  const entries = await system.list(folder);
  // Absent is the usual case; without packages it is the mount point of the container's volume.
  if (entries === undefined || entries.every(({ name }) => name.startsWith('.'))) return [];
  // Another package manager keeps its own books.
  if (entries.some(({ name }) => name === '.modules.yaml' || name === '.yarn-integrity' || name === '.yarn-state.yml')) return [];
  const [installed, wanted] = await Promise.all([
    system.readText(join(folder, '.package-lock.json')),
    system.readText(join(directory, 'frontend', 'package-lock.json')),
  ]);
  if (wanted === undefined) return [];
  if (installed === undefined) return [stale(`${folder} has no .package-lock.json: its installation was cut off.`, subject)];
  const differing = compare(parseJson<Lock>(installed), parseJson<Lock>(wanted));
  if (differing.length === 0) return [];
  const example = differing[0] ?? '';
  return [stale(`${folder} is not what package-lock.json says: ${example}${differing.length > 1 ? ` and ${differing.length - 1} more differ` : ' differs'}.`, subject)];
};

/**
 * By content, not by time: git touches the lock file whenever it changes branches.
 * @returns the packages that are another version, missing or too many
 */
function compare(installed: Lock = {}, wanted: Lock = {}): readonly string[] {
  const [here, there] = [installed.packages ?? {}, wanted.packages ?? {}];
  const changed = Object.entries(here).filter(([path, { version, integrity, link }]) => {
    const other = there[path];
    if (other === undefined) return link !== true;
    return version !== other.version || (integrity !== undefined && other.integrity !== undefined && integrity !== other.integrity);
  });
  // What is optional may be for another processor or system than this one.
  const missing = Object.entries(there).filter(([path, { optional, devOptional, link }]) => path !== '' && !(optional ?? devOptional ?? link) && here[path] === undefined);
  return [...changed, ...missing].map(([path]) => path.replace(/^.*node_modules\//, ''));
}

function stale(title: string, subject: Subject): Finding {
  return {
    id: 'node-modules-stale',
    severity: 'advice',
    title,
    cause: 'The containers have packages of their own, but your editor, linter and tests outside of them read these, and judge by the wrong versions.',
    remedy: `npm ci --prefix ${place(subject, 'frontend')}, or remove the folder if you work in the containers alone`,
  };
}
