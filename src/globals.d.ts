/** The package's version, put in by the build. */
declare const VERSION: string;

declare module '#templates' {
  import type { TemplateSpecification } from 'handlebars';

  /** `<part>/<layer>/<path>` to text, or to base64 in an array where the file is no UTF-8 text. */
  export const statics: Readonly<Record<string, string | readonly [string]>>;
  /** `<part>/<layer>/<path>.hbs` to what Handlebars' runtime makes a template of. */
  export const compiled: Readonly<Record<string, TemplateSpecification>>;
}
