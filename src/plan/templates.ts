/** The templates as the plan sees them, in layers: what every project has, and what comes with a feature. */
import type { Options } from '../options/resolve.ts';
import type { Context } from './context.ts';

export interface Layer {
  /** The folder's name below each part: `base`, or the feature's. */
  readonly name: string;
  /** The files that never vary: path in the project to content. */
  readonly statics: ReadonlyMap<string, Uint8Array>;
  /** The same files as the project's base keeps them (base.ts). */
  readonly packed: Uint8Array;
  /** The files that vary (`.hbs`), by path in the project. */
  readonly rendered: ReadonlyMap<string, Template>;
}

export interface Template {
  /** Path below `templates/`. */
  readonly source: string;
  /** @throws when the template uses a name that the context lacks */
  readonly render: (context: Context) => string;
}

export type Templates = readonly Layer[];

/** @returns the layers that take part */
export function chooseLayers(templates: Templates, { celery }: Pick<Options, 'celery'>): Templates {
  const wanted = new Set(['base', ...(celery ? ['celery'] : [])]);
  return templates.filter(({ name }) => wanted.has(name));
}
