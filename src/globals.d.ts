/** The package's version, put in by the build. */
declare const VERSION: string;

declare module '#templates' {
  import type { TemplateSpecification } from 'handlebars';

  export const layers: readonly {
    readonly name: string;
    /** gzip of the static files, as plan/base.ts writes them. */
    readonly packed: () => Uint8Array;
    /** Path in the project to where the template lies below templates/, and what Handlebars' runtime makes a template of. */
    readonly compiled: Readonly<Record<string, { readonly source: string; readonly specification: TemplateSpecification }>>;
  }[];
}
