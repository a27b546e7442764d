/** The package's version, put in by the build. */
declare const VERSION: string;

declare module '#templates' {
  /** Brotli of what build/embed.mjs wrote. */
  export const packed: () => Uint8Array;
  /** Of the document with its indentation, in bytes. */
  export const size: number;
}
