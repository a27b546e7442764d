/** The embedded templates as the layers that the plan takes; what serves only the speed of starting is here and in build/. */
import { brotliDecompressSync } from 'node:zlib';
import { packed, size } from '#templates';
import { render, type Part } from '../plan/render.ts';
import type { Layer, Template } from '../plan/templates.ts';
import { restoreIndentation } from './indentation.ts';

/** As build/embed.mjs writes it: path in the project to encoding, and of what varies to where it lies below templates/. */
interface PackedLayer {
  readonly name: string;
  readonly fixed: Readonly<Record<string, 'utf8' | 'base64'>>;
  readonly texts: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, string>>;
}

export function readTemplates(): readonly Layer[] {
  const document = brotliDecompressSync(packed(), { chunkSize: size }); // in one piece and not in ninety
  return unpackTemplates(restoreIndentation(document, size));
}

/** @param document which files each layer has, and then the content of each, a NUL behind every part */
export function unpackTemplates(document: Buffer): readonly Layer[] {
  const parts = split(document).values();
  const next = () => parts.next().value as Buffer;
  const layers = JSON.parse(next().toString()) as readonly PackedLayer[];
  return layers.map(({ name, fixed, texts, templates }) => {
    const contents = Object.entries(fixed).map(([path, encoding]): [string, Buffer] => [path, decode(next(), encoding)]);
    const plain = Object.entries(texts).map(([path, source]): [string, Template] => [path, textOf(source, next())]);
    const rendered = Object.entries(templates).map(([path, source]): [string, Template] => [path, templateOf(source, next())]);
    return { name, fixed: new Map(contents), varying: new Map([...plain, ...rendered]) };
  });
}

function decode(content: Buffer, encoding: 'utf8' | 'base64'): Buffer {
  return encoding === 'utf8' ? content : Buffer.from(content.toString('latin1'), 'base64');
}

function textOf(source: string, content: Buffer): Template {
  return { source, render: () => content.toString() };
}

function templateOf(source: string, content: Buffer): Template {
  return { source, render: (context) => render(JSON.parse(content.toString()) as readonly Part[], context) };
}

/** Views of the document, not copies. */
function split(document: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  let start = 0;
  for (let end = document.indexOf(0); end !== -1; end = document.indexOf(0, start)) {
    parts.push(document.subarray(start, end));
    start = end + 1;
  }
  return parts;
}
