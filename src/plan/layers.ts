/** Options and Templates in, the layers that take part out: every file with its place in the project. */
import { posix } from 'node:path';
import type { Options } from '../options/resolve.ts';
import type { RenderedFile, StaticFile, Templates } from './templates.ts';

/** Where each part of `templates/` goes in the project. */
const MOUNTS: Readonly<Record<string, string>> = {
  compose: '.',
  'backend-django': 'backend',
  'frontend-vite': 'frontend',
  nginx: 'nginx',
};

/** Stored under another name, because npm or git would act on them where the templates lie. */
const STORED_AS: Readonly<Record<string, string>> = { _gitignore: '.gitignore', _npmrc: '.npmrc' };

export interface LayeredFile {
  /** Path in the project, with forward slashes. */
  readonly path: string;
  /** Key in the templates. */
  readonly source: string;
  readonly file: StaticFile | RenderedFile;
}

/**
 * @returns the files of every layer that the options ask for, sorted by path
 * @throws where two layers write one path, or a template lies in no known part: both are faults of the templates
 */
export function layer(options: Pick<Options, 'celery'>, templates: Templates): readonly LayeredFile[] {
  const wanted = new Set(['base', ...(options.celery ? ['celery'] : [])]);
  const byPath = new Map<string, LayeredFile>();
  for (const [source, file] of templates) {
    const [part = '', layerName = '', ...rest] = source.split('/');
    const mount = MOUNTS[part];
    if (mount === undefined) throw new Error(`templates/${source} lies in no known part: ${Object.keys(MOUNTS).join(', ')}`);
    if (!wanted.has(layerName)) continue;
    const path = posix.join(mount, emittedName(rest.join('/')));
    const other = byPath.get(path);
    if (other !== undefined) throw new Error(`two layers write ${path}: templates/${other.source} and templates/${source}`);
    byPath.set(path, { path, source, file });
  }
  return [...byPath.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function emittedName(path: string): string {
  const base = posix.basename(path).replace(/\.hbs$/, '');
  return posix.join(posix.dirname(path), STORED_AS[base] ?? base);
}
