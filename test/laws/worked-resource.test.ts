/** The worked resource goes by the six places that the project's own docs/documents.md names, and leaves nothing behind. */
import { expect, test } from 'vitest';
import { planOf, textsOf } from '../fixtures.ts';

test('without its six places nothing of the worked resource is left', () => {
  const texts = new Map(textsOf(planOf({ celery: true, websockets: true })));
  const [, commands = ''] = /```sh\n([^`]*)```/.exec(texts.get('docs/documents.md') ?? '') ?? [];
  const [, folders = ''] = /^rm -r (.+)$/m.exec(commands) ?? [];
  const [, pattern = '', files = ''] = /^perl -ni -e 'print unless \/(\w+)\/' (.+)$/m.exec(commands) ?? [];
  expect(folders.split(' ').length + files.split(' ').length).toBe(6);

  const gone = new RegExp(`^(${folders.replaceAll('*', '[^/]*').replaceAll(' ', '|')})(/|$)`);
  for (const path of texts.keys()) if (gone.test(path)) texts.delete(path);
  for (const file of files.split(' ')) {
    const lines = texts.get(file)!.split('\n');
    const kept = lines.filter((line) => !line.includes(pattern));
    expect(kept.length, file).toBeLessThan(lines.length);
    texts.set(file, kept.join('\n'));
  }

  // The frontend's types are written anew, and the pages about it are for its owner to read and to delete.
  const elsewhere = [...texts].filter(([path]) => /^(backend|frontend)\/.*\.(py|toml|tsx?|mjs)$/.test(path) && !path.endsWith('/schema.d.ts'));
  const naming = elsewhere.filter(([, text]) => /apps\.documents|tests\.documents|features\/documents|\.\/documents|\/api\/v1\/documents/.test(text));
  expect(naming.map(([path]) => path)).toEqual([]);
});
