// What the numbers are held against. A missed bar is shown; it fails nothing, since a busy machine misses some.

/** @typedef {import('./cases.mjs').Act} Act */

/** Times over `node -e 0` of the same Node in the same run; by Node's major version. @type {Readonly<Record<number, Partial<Record<Act, number>>>>} */
export const TIMES_OVER_NODE = {
  20: { help: 1.2, version: 1.2, write: 1.9 },
  24: { help: 1.2, version: 1.2, write: 2.5 },
};

export const MILLISECONDS_A_FILE = 0.35;

/** From start to exit 2. */
export const ERROR_MILLISECONDS = 150;

export const PACKED_BYTES = 150_000;
export const UNPACKED_BYTES = 1_000_000;
