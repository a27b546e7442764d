import { expect, it } from 'vitest';
import { mountLayers } from '../../build/layers.mjs';

const paths = (layer: string, ...sources: readonly string[]) => mountLayers(sources).get(layer)?.map(({ path }) => path);

it.each([
  ['compose/base/README.md.hbs', 'README.md'],
  ['compose/base/docs/a.md', 'docs/a.md'],
  ['backend-django/base/manage.py', 'backend/manage.py'],
  ['frontend-vite/base/src/main.tsx', 'frontend/src/main.tsx'],
  ['nginx/base/nginx.conf', 'nginx/nginx.conf'],
  ['compose/base/_gitignore', '.gitignore'],
  ['frontend-vite/base/_npmrc', 'frontend/.npmrc'],
  ['compose/base/.env.example.hbs', '.env.example'],
])('%s is emitted as %s', (source, path) => {
  expect(paths('base', source)).toEqual([path]);
});

it('files go to the layer that their folder names, and base is the first', () => {
  const layers = mountLayers(['backend-django/celery/b.py', 'backend-django/base/a.py', 'nginx/base/c.conf']);
  expect([...layers].map(([name, files]) => [name, files.map(({ path }) => path)])).toEqual([
    ['base', ['backend/a.py', 'nginx/c.conf']],
    ['celery', ['backend/b.py']],
  ]);
});

it("a layer cannot replace another layer's file", () => {
  expect(() => mountLayers(['nginx/base/a.conf', 'nginx/celery/a.conf.hbs'])).toThrow('two layers write nginx/a.conf');
});

it('a part cannot replace a file of another part', () => {
  expect(() => mountLayers(['compose/base/nginx/a.conf', 'nginx/base/a.conf'])).toThrow('two layers write nginx/a.conf');
});

it('a template in no known part is a fault of the templates', () => {
  expect(() => mountLayers(['frontent/base/a'])).toThrow('templates/frontent/base/a lies in no known part');
});
