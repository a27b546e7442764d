/** The templates as the plan sees them, in layers: what every project has, and what comes with a feature. */
import { chosenFeatures, type Features } from '../options/features.ts';
import type { Context } from './context.ts';

/** `base` first, then one for each feature. */
export type Templates = readonly Layer[];

export interface Layer {
  /** The folder's name below each part: `base`, or the feature's flag. */
  readonly name: string;
  /** The files that never vary and that no other layer adds to: path in the project to content. */
  readonly fixed: ReadonlyMap<string, Uint8Array>;
  /** The files that are rendered (`.hbs`), or in which layers meet (merge.ts), by path in the project. */
  readonly varying: ReadonlyMap<string, Template>;
}

export interface Template {
  /** Path below `templates/`. */
  readonly source: string;
  /** @throws when the template uses a name that the context lacks */
  readonly render: (context: Context) => string;
}

/** @returns the layers that take part */
export function chooseLayers(layers: Templates, features: Features): Templates {
  const wanted = new Set(['base', ...chosenFeatures(features).map(({ flag }) => flag)]);
  return layers.filter(({ name }) => wanted.has(name));
}
