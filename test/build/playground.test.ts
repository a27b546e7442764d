/** The playground: a project whose files are hard links to the templates. */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { linkTemplates } from '../../build/link-templates.mjs';
import { ENV, makeRoom } from '../process/run.ts';

const VIEWS = 'backend/views.py';
const SOURCE = 'backend-django/base/views.py';

/** A checkout with one template that is fixed and one that varies, and what they come to. */
function makeCheckout() {
  const room = makeRoom();
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(room, path)), { recursive: true });
    writeFileSync(join(room, path), text);
  };
  const emit = () => {
    rmSync(join(room, 'fresh'), { recursive: true, force: true });
    put(`fresh/${VIEWS}`, text(`templates/${SOURCE}`));
    put('fresh/README.md', text('templates/compose/base/README.md.hbs').replace('{{name}}', 'playground'));
    put('fresh/.env', `SECRET=${Math.random()}\n`);
    put('fresh/backend/logs/.gitkeep', '');
  };
  const text = (path: string) => readFileSync(join(room, path), 'utf8');
  /** As editors do that write a new file and rename it. */
  const save = (path: string, content: string) => {
    put(`${path}~`, content);
    renameSync(join(room, `${path}~`), join(room, path));
  };
  const link = () => {
    emit();
    return linkTemplates({ templates: join(room, 'templates'), fresh: join(room, 'fresh'), target: join(room, 'target') });
  };
  const isLink = (path: string, source: string) => statSync(join(room, 'target', path)).ino === statSync(join(room, 'templates', source)).ino;
  put(`templates/${SOURCE}`, 'one\n');
  put('templates/compose/base/README.md.hbs', '# {{name}}\n');
  put('templates/backend-django/base/logs/.gitkeep', '');
  return { room, put, text, save, link, isLink };
}

it('links what does not vary, and writes the rest', () => {
  const { text, link, isLink } = makeCheckout();
  expect(link()).toMatchObject({ notes: [], conflicts: 0, linked: 1 });
  expect(isLink(VIEWS, SOURCE)).toBe(true);
  expect(text('target/README.md')).toBe('# playground\n');
  expect(isLink('backend/logs/.gitkeep', 'backend-django/base/logs/.gitkeep')).toBe(false); // handed over to the containers' user
});

describe('run again', () => {
  it('changes nothing where nothing has changed, and never the secrets', () => {
    const { text, link } = makeCheckout();
    link();
    const secrets = text('target/.env');
    expect(link()).toMatchObject({ notes: [], conflicts: 0 });
    expect(text('target/.env')).toBe(secrets);
  });

  it.each(['here', 'there'])('an edit in place %s is in both files already', (side) => {
    const { text, put, link, isLink } = makeCheckout();
    link();
    put(side === 'here' ? `target/${VIEWS}` : `templates/${SOURCE}`, 'two\n');
    expect(link()).toMatchObject({ notes: [], conflicts: 0 });
    expect([text(`target/${VIEWS}`), text(`templates/${SOURCE}`), isLink(VIEWS, SOURCE)]).toEqual(['two\n', 'two\n', true]);
  });

  it('an edit that an editor put into a new file here goes into the template, is said, and the link is back', () => {
    const { text, save, link, isLink } = makeCheckout();
    link();
    save(`target/${VIEWS}`, 'two\n');
    expect(link()).toMatchObject({ notes: [`${VIEWS} was replaced here: what is in it now is in templates/${SOURCE} too.`], conflicts: 0 });
    expect([text(`templates/${SOURCE}`), isLink(VIEWS, SOURCE)]).toEqual(['two\n', true]);
  });

  it('a template that was replaced, as by git, is linked anew', () => {
    const { text, save, link, isLink } = makeCheckout();
    link();
    save(`templates/${SOURCE}`, 'two\n');
    expect(link()).toMatchObject({ notes: [], conflicts: 0 });
    expect([text(`target/${VIEWS}`), isLink(VIEWS, SOURCE)]).toEqual(['two\n', true]);
  });

  it('an edit in place that git has taken back since does not return', () => {
    const { text, put, save, link, isLink } = makeCheckout();
    link();
    put(`templates/${SOURCE}`, 'two\n');
    save(`templates/${SOURCE}`, 'one\n');
    expect(link()).toMatchObject({ notes: [], conflicts: 0 });
    expect([text(`target/${VIEWS}`), text(`templates/${SOURCE}`), isLink(VIEWS, SOURCE)]).toEqual(['one\n', 'one\n', true]);
  });

  it('where both were edited, both stay, and that is said each time', () => {
    const { text, save, link } = makeCheckout();
    link();
    save(`target/${VIEWS}`, 'mine\n');
    save(`templates/${SOURCE}`, 'theirs\n');
    for (let round = 0; round < 2; round += 1) expect(link()).toMatchObject({ notes: [expect.stringContaining(`${VIEWS} differs from templates/${SOURCE}`)], conflicts: 1 });
    expect([text(`target/${VIEWS}`), text(`templates/${SOURCE}`)]).toEqual(['mine\n', 'theirs\n']);
  });

  it('a file that was there and never linked is not taken into a template', () => {
    const { text, put, link } = makeCheckout();
    put(`target/${VIEWS}`, 'mine\n');
    expect(link()).toMatchObject({ conflicts: 1 });
    expect([text(`target/${VIEWS}`), text(`templates/${SOURCE}`)]).toEqual(['mine\n', 'one\n']);
  });

  it('a file that varies follows its template, unless it was edited here', () => {
    const { text, put, link } = makeCheckout();
    link();
    put('templates/compose/base/README.md.hbs', '# The {{name}}\n');
    expect(link()).toMatchObject({ notes: [], conflicts: 0 });
    expect(text('target/README.md')).toBe('# The playground\n');
    put('target/README.md', 'mine\n');
    expect(link()).toMatchObject({ notes: [expect.stringContaining('README.md was edited here and varies')], conflicts: 1 });
    expect(text('target/README.md')).toBe('mine\n');
  });

  it('a file that the project no longer has goes, unless it was edited here', () => {
    const { room, put, save, link } = makeCheckout();
    put('templates/backend-django/base/gone.py', 'x\n');
    put('templates/backend-django/base/edited.py', 'x\n');
    const emitBoth = () => {
      put('fresh/backend/gone.py', 'x\n');
      put('fresh/backend/edited.py', 'x\n');
      return linkTemplates({ templates: join(room, 'templates'), fresh: join(room, 'fresh'), target: join(room, 'target') });
    };
    link();
    emitBoth();
    save('target/backend/edited.py', 'mine\n');
    expect(link()).toMatchObject({ notes: [expect.stringContaining('backend/edited.py is no file of this project any more')] });
    expect([existsSync(join(room, 'target/backend/gone.py')), existsSync(join(room, 'target/backend/edited.py'))]).toEqual([false, true]);
    expect(existsSync(join(room, 'templates/backend-django/base/gone.py'))).toBe(true);
  });
});

it('the command makes one of this checkout, with the flags that it is given, and keeps them the next time', async () => {
  // Beside the checkout: a link cannot leave its file system.
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const room = join(root, '.playground-test');
  rmSync(room, { recursive: true, force: true });
  mkdirSync(room);
  try {
    const make = async (...flags: string[]) => execa(process.execPath, [join(root, 'build/playground.mjs'), join(room, 'play'), ...flags], { env: ENV });
    expect((await make('--celery', '--proxy-port', '8080')).stdout).toMatch(/play: \d{2,} files are the templates themselves, \d+ vary\.$/);
    await make();
    const answers: unknown = JSON.parse(readFileSync(join(room, 'play/.devstack/answers.json'), 'utf8'));
    expect(answers).toMatchObject({ name: 'play', celery: true, proxyPort: 8080 });
    const settings = 'config/settings/__init__.py';
    expect(statSync(join(room, 'play/backend', settings)).ino).toBe(statSync(join(root, 'templates/backend-django/base', settings)).ino);
  } finally {
    chmodSync(room, 0o755);
    rmSync(room, { recursive: true, force: true });
  }
});
