/** The package's version, put in by the build. */
declare const VERSION: string;

declare module '#templates' {
  import type { TemplateSpecification } from 'handlebars';

  export const layers: readonly {
    readonly name: string;
    /** gzip of the fixed files, as io/packed-files.ts writes them. */
    readonly packed: () => Uint8Array;
    /**
     * Path in the project to where the template lies below templates/, and its text, or what Handlebars' runtime makes a
     * template of.
     */
    readonly varying: Readonly<Record<string, { readonly source: string } & ({ readonly text: string } | { readonly specification: TemplateSpecification })>>;
  }[];
}
