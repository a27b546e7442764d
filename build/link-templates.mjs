// A project as it is emitted and the templates in, a folder out in which each file that does not vary is a hard link to its
// template. A symbolic link would not do: Django resolves paths, and a container sees no more than what is mounted.
import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listTemplates } from './embed.mjs';
import { mountLayers } from './layers.mjs';

/** What was linked and written last time, so that an edit can be told from a change of the template. */
const RECORD = '.devstack/playground.json';

/** Has the passwords that the volumes were made with. */
const NEVER_REPLACED = '.env';

/** Handed to the user of the containers, which must not happen to a template. */
const HANDED_OVER = /^backend\/(logs|media|staticfiles)\//;

/** Saving under one name of a hard link raises no event at the other: watchers have to ask. */
const POLLING = `
# Written by npm run playground: a file that is edited under its other name raises no event here.
WATCHFILES_FORCE_POLLING=1
`;

/** @typedef {{ source?: string, inode?: string, hash: string }} Entry the first two where the file is a link to a template: its path below templates/ */
/** @typedef {Record<string, Entry>} Files path in the project to what it was */

/**
 * @param {{ templates: string, fresh: string, target: string }} folders `fresh` is the project as it is emitted now
 * @returns {{ notes: readonly string[], linked: number, written: number, conflicts: number }} a sentence for each file of which a person should know
 */
export function linkTemplates({ templates, fresh, target }) {
  const sources = findSources(templates);
  const before = readRecord(target);
  /** @type {Files} */
  const after = {};
  /** @type {string[]} */
  const notes = [];
  let conflicts = 0;
  appendFileSync(join(fresh, NEVER_REPLACED), POLLING);
  for (const path of filesIn(fresh)) {
    const source = sources.get(path);
    const place = join(target, path);
    const template = source === undefined ? undefined : join(templates, source);
    const isFixed = template !== undefined && !HANDED_OVER.test(path) && isSame(join(fresh, path), template);
    const { act, note } = decide({ path, place, emitted: join(fresh, path), template: isFixed ? template : undefined, source, before: before[path] });
    if (note !== undefined) notes.push(note);
    if (act === 'conflict') conflicts += 1;
    if (act === 'take' && template !== undefined) writeFileSync(template, readFileSync(place)); // into the file, which keeps its links
    if ((act === 'link' || act === 'take') && template !== undefined) replace(place, (temporary) => linkSync(template, temporary));
    if (act === 'write') replace(place, (temporary) => copyFileSync(join(fresh, path), temporary), statSync(join(fresh, path)).mode & 0o777);
    after[path] = act === 'conflict' ? (before[path] ?? { hash: '' }) : { ...(isFixed ? { source, inode: inodeOf(place) } : {}), hash: hashOf(place) };
  }
  for (const [path, entry] of Object.entries(before)) if (after[path] === undefined) notes.push(...drop(path, entry, target));
  mkdirSync(join(target, dirname(RECORD)), { recursive: true });
  writeFileSync(join(target, RECORD), `${JSON.stringify(after, null, 2)}\n`);
  const linked = Object.values(after).filter(({ source }) => source !== undefined).length;
  return { notes, linked, written: Object.keys(after).length - linked, conflicts };
}

/**
 * @param {{ path: string, place: string, emitted: string, template: string | undefined, source: string | undefined, before: Entry | undefined }} file
 * @returns {{ act: 'link' | 'take' | 'write' | 'leave' | 'conflict', note?: string }}
 */
function decide({ path, place, emitted, template, source, before }) {
  if (!existsSync(place)) return { act: template === undefined ? 'write' : 'link' };
  const here = hashOf(place);
  const isEdited = before === undefined ? here !== hashOf(emitted) : here !== before.hash;
  if (path === NEVER_REPLACED) return { act: 'leave' };
  if (template === undefined) {
    if (here === hashOf(emitted)) return { act: 'leave' };
    if (!isEdited) return { act: 'write' };
    return { act: 'conflict', note: `${path} was edited here and varies, so it is no link: carry the edit over to templates/, then remove it here.` };
  }
  const [ours, theirs] = [inodeOf(place), inodeOf(template)];
  if (ours === theirs) return { act: 'leave' };
  const wasLinked = before?.source === source;
  // The one that still is the file that was linked has not been replaced; what was written into it, was written into both.
  if (!isEdited || here === hashOf(template) || (wasLinked && ours === before?.inode)) return { act: 'link' };
  if (wasLinked && theirs === before?.inode) return { act: 'take', note: `${path} was replaced here: what is in it now is in templates/${source} too.` };
  return { act: 'conflict', note: `${path} differs from templates/${source}, and nobody knows which is meant: make them one, then run this again.` };
}

/** A file that the project no longer has: goes, unless it was edited and would be lost. @param {string} path @param {Entry} entry @param {string} target */
function drop(path, { hash }, target) {
  const place = join(target, path);
  if (!existsSync(place)) return [];
  if (hashOf(place) !== hash && statSync(place).nlink === 1) return [`${path} is no file of this project any more, and was edited here: it stays.`];
  rmSync(place);
  return [];
}

/** @param {string} templates @returns {ReadonlyMap<string, string>} path in the project to the one template that is mounted there */
function findSources(templates) {
  const sources = listTemplates(templates);
  const mounted = [...mountLayers(sources, [...new Set(sources.map((source) => source.split('/')[1] ?? ''))]).values()].flat();
  return new Map(mounted.filter(({ path, source }) => !source.endsWith('.hbs') && mounted.filter((other) => other.path === path).length === 1).map(({ path, source }) => [path, source]));
}

/** @param {string} folder @returns {string[]} paths below it, with forward slashes */
function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return entries.filter((path) => statSync(join(folder, path)).isFile()).map((path) => path.replaceAll('\\', '/')).toSorted();
}

/** @param {string} target @returns {Files} */
function readRecord(target) {
  return existsSync(join(target, RECORD)) ? JSON.parse(readFileSync(join(target, RECORD), 'utf8')) : {};
}

/** At once, so that no watcher sees it missing. @param {string} place @param {(temporary: string) => void} make @param {number} [mode] */
function replace(place, make, mode) {
  mkdirSync(dirname(place), { recursive: true });
  const temporary = `${place}.playground`;
  rmSync(temporary, { force: true });
  make(temporary);
  if (mode !== undefined) chmodSync(temporary, mode);
  renameSync(temporary, place);
}

/** @param {string} one @param {string} other the run bit of a link is its template's */
function isSame(one, other) {
  return hashOf(one) === hashOf(other) && (process.platform === 'win32' || (statSync(one).mode & 0o100) === (statSync(other).mode & 0o100));
}

/** @param {string} path what two names of one file have in common */
function inodeOf(path) {
  const { dev, ino } = statSync(path, { bigint: true });
  return `${dev}:${ino}`;
}

/** @param {string} path */
function hashOf(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
