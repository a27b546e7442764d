/** The embedded templates as the map that the plan takes. */
import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime';
import { compiled, statics } from '#templates';
import type { Context } from '../plan/context.ts';
import type { RenderedFile, StaticFile, Templates } from '../plan/templates.ts';

export function readTemplates(): Templates {
  // The package declares no types for its runtime, which is the whole without the compiler.
  const handlebars = (runtime as unknown as typeof Handlebars).create();
  /** `{{env "PROXY_PORT" ports.proxy}}` is a Compose variable with its default: `${PROXY_PORT:-80}`. */
  handlebars.registerHelper('env', (name: string, value: string | number) => `\${${name}:-${value}}`);

  const files = new Map<string, StaticFile | RenderedFile>();
  for (const [path, content] of Object.entries(statics)) {
    files.set(path, { kind: 'static', content: typeof content === 'string' ? Buffer.from(content) : Buffer.from(content[0], 'base64') });
  }
  for (const [path, specification] of Object.entries(compiled)) {
    const template = handlebars.template<Context>(specification);
    files.set(path, { kind: 'rendered', render: (context) => template(context) });
  }
  return files;
}
