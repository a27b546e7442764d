/** The embedded templates as the layers that the plan takes. */
import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime';
import { layers } from '#templates';
import { unpackEntries } from '../plan/base.ts';
import type { Context } from '../plan/context.ts';
import type { Templates } from '../plan/templates.ts';

export function readTemplates(): Templates {
  // The package declares no types for its runtime, which is the whole without the compiler.
  const handlebars = (runtime as unknown as typeof Handlebars).create();
  /** `{{env "PROXY_PORT" ports.proxy}}` is a Compose variable with its default: `${PROXY_PORT:-80}`. */
  handlebars.registerHelper('env', (name: string, value: string | number) => `\${${name}:-${value}}`);

  return layers.map(({ name, packed: read, compiled }) => {
    const packed = read();
    const rendered = Object.entries(compiled).map(([path, { source, specification }]) => {
      const template = handlebars.template<Context>(specification);
      return [path, { source, render: (context: Context) => template(context) }] as const;
    });
    return { name, statics: unpackEntries(packed), packed, rendered: new Map(rendered) };
  });
}
