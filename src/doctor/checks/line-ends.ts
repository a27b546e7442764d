/** Scripts, Dockerfiles and .env have Unix line ends. */
import { join } from 'node:path';
import type { Check, Subject } from '../subject.ts';
import { place } from '../wording.ts';

/** Installed, generated or uploaded; large, and nothing in them starts a container. */
const SKIPPED = new Set(['.git', 'node_modules', '.venv', 'venv', 'dist', 'coverage', 'media', 'staticfiles', 'logs', 'backups', 'backup', '__pycache__']);
const DEPTH = 6;
const SENSITIVE = /\.sh$|^(.+\.)?Dockerfile(\..+)?$|entrypoint|^\.env$/;
/** Names that fit on a line. */
const SHOWN = 5;

export const checkLineEnds: Check = async (subject) => {
  const files = await find('', DEPTH, subject);
  const texts = await Promise.all(files.map(async (path) => subject.system.readText(join(subject.directory, path))));
  const broken = files.filter((_, index) => texts[index]?.includes('\r\n') === true).toSorted();
  if (broken.length === 0) return [];
  const named = `${broken.slice(0, SHOWN).map((path) => join(subject.directory, path)).join(', ')}${broken.length > SHOWN ? ` and ${broken.length - SHOWN} more` : ''}`;
  return [
    {
      id: 'crlf',
      severity: 'problem',
      title: `There are Windows line ends in ${named}.`,
      cause: 'With a carriage return behind its first line a script\'s interpreter is "not found", so its container does not start; in .env it becomes part of the values. An editor or an unpacker brought it, or git with core.autocrlf.',
      remedy: `perl -pi -e 's/\\r\\n/\\n/' ${broken.map((path) => place(subject, path)).join(' ')}; then set your editor to LF for this project`,
    },
  ];
};

/** @returns paths below the project, with forward slashes */
async function find(folder: string, depth: number, subject: Subject): Promise<readonly string[]> {
  const entries = (await subject.system.list(join(subject.directory, folder))) ?? [];
  const found = entries.map(async ({ name, isFolder }): Promise<readonly string[]> => {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (!isFolder) return SENSITIVE.test(name) ? [path] : [];
    return SKIPPED.has(name) || depth === 0 ? [] : find(path, depth - 1, subject);
  });
  return (await Promise.all(found)).flat();
}
