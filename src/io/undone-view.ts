/** The file system as it will be when what a dead run began is undone; to be looked at without writing. */
import { dirname, join } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { readJournal } from './journal-file.ts';
import { stateOf } from './undo.ts';

type Look = Pick<FileSystem, 'lstatSync' | 'statSync' | 'realpathSync' | 'existsSync' | 'readdirSync' | 'readFileSync'>;

/** @returns undefined where the run has moved nothing */
export function viewUndone(run: string, target: string, fs: FileSystem): Look | undefined {
  const journal = readJournal(run, fs);
  if (journal === undefined) return undefined;
  /** Where what will be at a path is now; undefined where nothing will be. */
  const now = new Map<string, string | undefined>();
  for (const move of journal.moves) {
    const { placed, old } = stateOf(move, run, target, fs);
    if (placed || old !== undefined) now.set(join(target, move.path), old);
    if (old !== undefined) now.set(old, undefined);
  }
  const entries = (folder: string) => {
    const here = fs.readdirSync(folder).map(String).filter((name) => !gone(join(folder, name)));
    const back = [...now].filter(([path, source]) => source !== undefined && dirname(path) === folder).map(([path]) => path.slice(folder.length + 1));
    return [...new Set([...here, ...back])];
  };
  const gone = (path: string) => now.has(path) && now.get(path) === undefined;
  for (const folder of journal.folders.toReversed()) {
    const place = join(target, folder);
    if (fs.existsSync(place) && entries(place).length === 0) now.set(place, undefined);
  }
  const absent = (path: string) => join(run, 'nothing', path.slice(target.length)); // answers as any path that is not there
  const redirect = (path: unknown) => (typeof path === 'string' && now.has(path) ? (now.get(path) ?? absent(path)) : path);
  const redirected = (['lstatSync', 'statSync', 'realpathSync', 'existsSync', 'readFileSync'] as const).map((name) => [
    name,
    (path: unknown, ...rest: never[]) => (fs[name] as (...args: unknown[]) => unknown)(redirect(path), ...rest),
  ]);
  return { ...Object.fromEntries(redirected), readdirSync: (path: string) => entries(path) } as unknown as Look;
}
