/** The embedded templates as the layers that the plan takes. */
import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime';
import { layers } from '#templates';
import type { Context } from '../plan/context.ts';
import type { Template, Templates } from '../plan/templates.ts';
import { createPacker, unpackEntries } from './packed-files.ts';

export function readTemplates(): Templates {
  // The package declares no types for its runtime, which is the whole without the compiler.
  const handlebars = (runtime as unknown as typeof Handlebars).create();
  const read = layers.map((layer) => {
    const packed = layer.packed();
    const varying = Object.entries(layer.varying).map(([path, entry]): [string, Template] => {
      if ('text' in entry) return [path, { source: entry.source, render: () => entry.text }];
      const template = handlebars.template<Context>(entry.specification);
      return [path, { source: entry.source, render: (context) => template(context) }];
    });
    return { name: layer.name, packed, fixed: unpackEntries(packed), varying: new Map(varying) };
  });
  return { layers: read, packMergeBase: createPacker(read.map(({ fixed, packed }) => ({ files: fixed, packed }))) };
}
