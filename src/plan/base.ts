/** The files as they were emitted, packed, so that a later update can tell the user's changes from ours. */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { PlannedFile } from './plan.ts';

interface BaseFile {
  /** The first version of this format. */
  readonly schemaVersion: 1;
  /** Path to content, as text where it is UTF-8 and else as base64. */
  readonly files: Readonly<Record<string, string | { readonly base64: string }>>;
}

/** @returns gzip of a JSON document; the same files give the same bytes on every system */
export function packBase(files: readonly Pick<PlannedFile, 'path' | 'content'>[]): Uint8Array {
  const document: BaseFile = {
    schemaVersion: 1,
    files: Object.fromEntries(files.map(({ path, content }) => [path, encodeContent(content)])),
  };
  const packed = gzipSync(JSON.stringify(document), { level: 1 }); // ten milliseconds less, for a tenth more bytes
  packed[9] = 255; // the header's "operating system", which zlib fills in and which would differ between machines
  return packed;
}

/** @returns path to content, as `packBase` took it */
export function unpackBase(packed: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const document = JSON.parse(gunzipSync(packed).toString('utf8')) as BaseFile;
  return new Map(
    Object.entries(document.files).map(([path, content]) => [
      path,
      typeof content === 'string' ? new TextEncoder().encode(content) : Buffer.from(content.base64, 'base64'),
    ]),
  );
}

function encodeContent(content: Uint8Array): string | { readonly base64: string } {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return { base64: Buffer.from(content).toString('base64') };
  }
}
