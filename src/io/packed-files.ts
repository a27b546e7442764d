/**
 * What serves only the speed of starting: a layer's fixed files as one gzip member, made by the build.
 *
 * A project's base.json.gz is several gzip members one behind the other, which every gunzip reads as one (RFC 1952,
 * section 2.2): the members of the layers as they lie in the package, and what a run adds stored without compression.
 * So nothing is compressed while a project is made, and the bytes are the same under every zlib.
 */
import { gunzipSync, gzipSync } from 'node:zlib';
import { decodeContents, encodeContent, type EmittedFile, type EncodedContent } from '../plan/merge-base.ts';

/** @returns the files as members of a JSON object, each followed by a comma and a line end; in ASCII, which is read in half the time */
export function formatEntries(files: readonly EmittedFile[]): string {
  const entries = files.map(({ path, content }) => `${JSON.stringify(path)}:${JSON.stringify(encodeContent(content))},\n`);
  return entries.join('').replace(/[\u0080-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * @param packed gzip of what `formatEntries` made
 * @returns path to content
 */
export function unpackEntries(packed: Uint8Array): ReadonlyMap<string, Uint8Array> {
  return decodeContents(JSON.parse(`{${gunzipSync(packed).toString('latin1').slice(0, -2)}}`) as Record<string, EncodedContent>);
}

/** A layer's fixed files, and the member that holds them all. */
export interface PackedFiles {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly packed: Uint8Array;
}

/**
 * @param known members whose files are used where all of them are emitted as they are
 * @returns what packs a project's files, at least one of which is in no member
 */
export function createPacker(known: readonly PackedFiles[]): (files: readonly EmittedFile[]) => Uint8Array {
  return (files) => {
    const emitted = new Map(files.map(({ path, content }) => [path, content]));
    const used = known.filter((member) => [...member.files].every(([path, content]) => emitted.get(path) === content));
    const rest = files.filter(({ path, content }) => !used.some((member) => member.files.get(path) === content));
    const members = used.filter((member) => member.files.size > 0).map(({ packed }) => packed);
    return Buffer.concat([store('{"schemaVersion":1,"files":{\n'), ...members, store(`${formatEntries(rest).slice(0, -2)}\n}}\n`)]);
  };
}

function store(text: string): Uint8Array {
  const member = gzipSync(text, { level: 0 });
  member[9] = 255; // the header's "operating system", which zlib fills in and which would differ between machines
  return member;
}
