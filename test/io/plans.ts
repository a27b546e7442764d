/** A small plan, and folders that it meets. */
import type { PlannedFile } from '../../src/plan/plan.ts';

const encode = (text: string) => new TextEncoder().encode(text);

export const PLAN: { readonly files: readonly PlannedFile[] } = {
  files: [
    { path: '.env', content: encode('A=b\n'), mode: 0o600 },
    { path: 'a/b/run.sh', content: encode('#!/bin/sh\n'), mode: 0o755 },
    { path: 'a/same.txt', content: encode('same\n'), mode: 0o644 },
    { path: 'c.txt', content: encode('ours\n'), mode: 0o644 },
  ],
};

/** A folder with a file that is the same, one that differs, an old .env and one of the user's own. */
export const FILLED: Readonly<Record<string, string>> = {
  'app/a/same.txt': 'same\n',
  'app/c.txt': 'theirs\n',
  'app/.env': 'OLD=password\n',
  'app/mine/notes.txt': 'mine\n',
};

export const NOW = '2026-01-31T12-00-00Z';
