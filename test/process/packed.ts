/** The checkout as npm would publish it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { name: string; version: string; bin: Record<string, string>; dependencies?: object };

export interface Packed {
  /** Absolute. */
  readonly tarball: string;
  readonly files: readonly { readonly path: string }[];
  /** Bytes of the tarball. */
  readonly size: number;
  /** Bytes of what is in it. */
  readonly unpackedSize: number;
}

/** @param folder where the tarball goes */
export async function pack(folder: string): Promise<Packed> {
  // --ignore-scripts: dist/ is built already, and other tests run it meanwhile.
  const { stdout } = await execa('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT });
  const [packed] = JSON.parse(stdout) as (Packed & { filename: string })[];
  if (packed === undefined) throw new Error(`npm pack made nothing: ${stdout}`);
  return { ...packed, tarball: join(folder, packed.filename) };
}
