// npm run playground -- [directory] [flags]   a project beside the checkout whose files are the templates themselves
//
// Who edits a file of the project, or the template, edits both, and sees it in the running stack. Run it again after a
// change of branch, of a file that varies, or where an editor has replaced a file instead of writing into it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { linkTemplates } from './link-templates.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const [first = '', ...rest] = process.argv.slice(2);
const target = first === '' || first.startsWith('-') ? join(ROOT, '..', 'playground') : resolve(first);
const flags = first.startsWith('-') ? [first, ...rest] : rest;

const answers = join(target, '.devstack', 'answers.json'); // what is not said again stays as it was
const room = mkdtempSync(join(dirname(target), '.playground-'));
const fresh = join(room, basename(target));
try {
  const args = [fresh, ...flags, ...(existsSync(answers) ? ['--config', answers] : []), '--yes', '--no-git'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'dist/bin.cjs'), ...args], { encoding: 'utf8' });
  if (status === 0) {
    const { notes, linked, written, conflicts } = linkTemplates({ templates: join(ROOT, 'templates'), fresh, target });
    for (const note of notes) console.log(note);
    console.log(`${target}: ${linked} files are the templates themselves, ${written} vary.`);
    process.exitCode = conflicts === 0 ? 0 : 3;
  } else {
    process.stderr.write(`${stdout}${stderr}`);
    process.exitCode = status ?? 1;
  }
} finally {
  rmSync(room, { recursive: true, force: true });
}
