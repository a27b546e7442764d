/** The templates as build/parse-template.mjs leaves them: what remains is to fill in the names, and to choose between branches. */
import type { Context } from './context.ts';

/** Text as it is, the value of a name, or what stands between `{{#if}}` and its end. */
export type Part = string | { readonly name: string } | Condition;

interface Condition {
  readonly if: string;
  readonly yes: readonly Part[];
  readonly no: readonly Part[];
}

/** @throws where a name is none of the context's */
export function render(parts: readonly Part[], context: Context): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('name' in part) return String(lookUp(part.name, context));
      return render(lookUp(part.if, context) ? part.yes : part.no, context);
    })
    .join('');
}

/** @param name with a dot before what belongs to another: `ports.proxy` */
function lookUp(name: string, context: Context): unknown {
  return name.split('.').reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) throw new Error(`"${name}" is not defined`);
    return (value as Readonly<Record<string, unknown>>)[key];
  }, context);
}
