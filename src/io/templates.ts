/** The embedded templates as the layers that the plan takes; what serves only the speed of starting is here and in build/. */
import { brotliDecompressSync } from 'node:zlib';
import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime';
import { compiled, packed } from '#templates';
import type { Context } from '../plan/context.ts';
import { decodeContents, type EncodedContent } from '../plan/merge-base.ts';
import type { Layer, Template } from '../plan/templates.ts';

/** As build/embed.mjs writes it. */
interface PackedLayer {
  readonly name: string;
  readonly fixed: Readonly<Record<string, EncodedContent>>;
  readonly texts: Readonly<Record<string, { readonly source: string; readonly text: string }>>;
}

export function readTemplates(): readonly Layer[] {
  // The package declares no types for its runtime, which is the whole without the compiler.
  const handlebars = (runtime as unknown as typeof Handlebars).create();
  const layers = JSON.parse(brotliDecompressSync(packed()).toString('latin1')) as readonly PackedLayer[];
  return layers.map(({ name, fixed, texts }) => {
    const plain = Object.entries(texts).map(([path, { source, text }]): [string, Template] => [path, { source, render: () => text }]);
    const rendered = Object.entries(compiled[name] ?? {}).map(([path, { source, specification }]): [string, Template] => {
      const template = handlebars.template<Context>(specification);
      return [path, { source, render: (context) => template(context) }];
    });
    return { name, fixed: decodeContents(fixed), varying: new Map([...plain, ...rendered]) };
  });
}
