/**
 * `.devstack/base.json.gz`: the files as they were emitted, the base of a later update's three-way merge.
 * gzip of a JSON document, `{"schemaVersion":1,"files":{PATH:CONTENT,…}}`, stored and not compressed: so its bytes are the same
 * under every zlib, git keeps what changed of it and not the whole, and a run does not wait for it.
 */
import { gunzipSync, gzipSync } from 'node:zlib';

export interface EmittedFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/** Text where it is UTF-8, and else base64. */
type EncodedContent = string | { readonly base64: string };

interface MergeBase {
  readonly schemaVersion: 1;
  readonly files: Readonly<Record<string, EncodedContent>>;
}

/** File by file, since in one string of all every character would take two bytes for the few that need them. */
export function packMergeBase(files: readonly EmittedFile[]): Uint8Array {
  const entries = files.map(({ path, content }, index) => `${index === 0 ? '' : ','}${JSON.stringify(path)}:${JSON.stringify(encodeContent(content))}`);
  const document = ['{"schemaVersion":1,"files":{', ...entries, '}}'].map((part) => Buffer.from(part));
  const packed = gzipSync(Buffer.concat(document), { level: 0 });
  packed[9] = 255; // the header's "operating system", which zlib fills in and which differs between machines
  return packed;
}

/** @returns path to content */
export function unpackMergeBase(packed: Uint8Array): ReadonlyMap<string, Uint8Array> {
  return decodeContents((JSON.parse(gunzipSync(packed).toString('utf8')) as MergeBase).files);
}

/** One for all files: to make one is what takes time. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function encodeContent(content: Uint8Array): EncodedContent {
  try {
    return UTF8.decode(content);
  } catch {
    return { base64: Buffer.from(content).toString('base64') };
  }
}

/** @returns path to content */
function decodeContents(files: Readonly<Record<string, EncodedContent>>): ReadonlyMap<string, Uint8Array> {
  return new Map(Object.entries(files).map(([path, content]) => [path, typeof content === 'string' ? Buffer.from(content) : Buffer.from(content.base64, 'base64')]));
}
