/**
 * The files as they were emitted, packed, so that a later update can tell the user's changes from ours.
 *
 * A JSON document, `{"schemaVersion":1,"files":{PATH:CONTENT,…}}`, as several gzip members one behind the other, which
 * every gunzip reads as one (RFC 1952, section 2.2). The static files of a layer are a member that the build has made;
 * what a run adds is stored uncompressed. So nothing is compressed while a project is made, and the bytes are the same
 * under every zlib.
 */
import { gunzipSync, gzipSync } from 'node:zlib';

interface File {
  readonly path: string;
  readonly content: Uint8Array;
}

/** Text where it is UTF-8, and else base64. */
type Content = string | { readonly base64: string };

/** @returns the files as members of a JSON object, each followed by a comma and a line end; in ASCII, which is read in half the time */
export function formatEntries(files: readonly File[]): string {
  const entries = files.map(({ path, content }) => `${JSON.stringify(path)}:${JSON.stringify(encodeContent(content))},\n`);
  return entries.join('').replace(/[\u0080-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * @param packed gzip of what `formatEntries` made
 * @returns path to content
 */
export function unpackEntries(packed: Uint8Array): ReadonlyMap<string, Uint8Array> {
  return decode(JSON.parse(`{${gunzipSync(packed).toString('latin1').slice(0, -2)}}`) as Record<string, Content>);
}

/**
 * @param layers gzip of what `formatEntries` made of each layer's static files
 * @param rendered the other files, at least one
 */
export function packBase(layers: readonly Uint8Array[], rendered: readonly File[]): Uint8Array {
  return Buffer.concat([store('{"schemaVersion":1,"files":{\n'), ...layers, store(`${formatEntries(rendered).slice(0, -2)}\n}}\n`)]);
}

/** @returns path to content, of all that `packBase` took */
export function unpackBase(packed: Uint8Array): ReadonlyMap<string, Uint8Array> {
  return decode((JSON.parse(gunzipSync(packed).toString('latin1')) as { readonly files: Record<string, Content> }).files);
}

function store(text: string): Uint8Array {
  const member = gzipSync(text, { level: 0 });
  member[9] = 255; // the header's "operating system", which zlib fills in and which would differ between machines
  return member;
}

function decode(files: Readonly<Record<string, Content>>): ReadonlyMap<string, Uint8Array> {
  return new Map(Object.entries(files).map(([path, content]) => [path, typeof content === 'string' ? Buffer.from(content) : Buffer.from(content.base64, 'base64')]));
}

function encodeContent(content: Uint8Array): Content {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return { base64: Buffer.from(content).toString('base64') };
  }
}
