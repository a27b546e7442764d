/** The package's version, put in by the build. */
declare const VERSION: string;

declare module '#templates' {
  import type { TemplateSpecification } from 'handlebars';

  /** Brotli of what build/embed.mjs wrote of the files that are no `.hbs`. */
  export const packed: () => Uint8Array;
  /** Layer and path in the project to where the template lies below templates/, and what Handlebars' runtime makes a template of. */
  export const compiled: Readonly<Record<string, Readonly<Record<string, { readonly source: string; readonly specification: TemplateSpecification }>>>>;
}
