/** A file system that misbehaves at one call. */
import type { FileSystem } from '../../src/io/file-system.ts';

const MUTATING = ['mkdirSync', 'writeFileSync', 'renameSync', 'chmodSync', 'rmSync', 'rmdirSync', 'utimesSync'] as const;

/** The file system that does something before its mutating call number `index`; every other call works. */
export function disturb(fs: FileSystem, index: number, act: () => void): { readonly fs: FileSystem; readonly reached: () => boolean } {
  let calls = -1;
  const guarded = Object.fromEntries(
    MUTATING.map((name) => [
      name,
      (...args: never[]) => {
        calls += 1;
        if (calls === index) act();
        return (fs[name] as (...args: never[]) => unknown).apply(fs, args);
      },
    ]),
  );
  return { fs: { ...bound(fs), ...guarded } as FileSystem, reached: () => calls >= index };
}

function bound(fs: FileSystem): FileSystem {
  const names = ['lstatSync', 'statSync', 'realpathSync', 'existsSync', 'accessSync', 'readdirSync', 'readFileSync'] as const;
  return Object.fromEntries(names.map((name) => [name, (fs[name] as (...args: never[]) => unknown).bind(fs)])) as unknown as FileSystem;
}
