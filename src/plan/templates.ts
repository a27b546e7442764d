/** The templates as the plan sees them: a map from `<part>/<layer>/<path>` to a file that is there or is rendered. */
import type { Context } from './context.ts';

/** A file that never varies. */
export interface StaticFile {
  readonly kind: 'static';
  readonly content: Uint8Array;
}

/** A file that varies (`.hbs`). */
export interface RenderedFile {
  readonly kind: 'rendered';
  /** @throws when the template uses a name that the context lacks */
  readonly render: (context: Context) => string;
}

export type Templates = ReadonlyMap<string, StaticFile | RenderedFile>;
