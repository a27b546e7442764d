// What the numbers are held against. A missed bar is shown; it fails nothing, since a busy machine misses some.

/** @typedef {import('./cases.mjs').Act} Act */

/** Times over `node -e 0` of the same Node in the same run. @type {Readonly<Partial<Record<Act, number>>>} */
export const TIMES_OVER_NODE = { help: 1.2, version: 1.2 };

/** A project written, over a bare loop that writes the same files to the same place. */
export const TIMES_OVER_LOOP = 1.9;

/** Of a project written in memory, over `node -e 0`. */
export const MILLISECONDS_A_FILE = 0.25;

/** From start to exit 2. */
export const ERROR_MILLISECONDS = 150;

export const PACKED_BYTES = 300_000;
export const UNPACKED_BYTES = 1_000_000;
