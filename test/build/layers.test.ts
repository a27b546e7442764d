import { expect, it } from 'vitest';
import { mountLayers } from '../../build/layers.mjs';

const LAYERS = ['base', 'celery'];
const paths = (layer: string, ...sources: readonly string[]) => mountLayers(sources, LAYERS).get(layer)?.map(({ path }) => path);

it.each([
  ['compose/base/README.md.hbs', 'README.md'],
  ['compose/base/docs/a.md', 'docs/a.md'],
  ['backend-django/base/manage.py', 'backend/manage.py'],
  ['frontend-vite/base/src/main.tsx', 'frontend/src/main.tsx'],
  ['nginx/base/nginx.conf', 'nginx/nginx.conf'],
  ['compose/base/_gitignore', '.gitignore'],
  ['frontend-vite/base/_npmrc', 'frontend/.npmrc'],
  ['compose/base/.env.example', '.env.example'],
])('%s is emitted as %s', (source, path) => {
  expect(paths('base', source)).toEqual([path]);
});

it('files go to the layer that their folder names, and base is the first', () => {
  const layers = mountLayers(['backend-django/celery/b.py', 'backend-django/base/a.py', 'nginx/base/c.conf'], LAYERS);
  expect([...layers].map(([name, files]) => [name, files.map(({ path }) => path)])).toEqual([
    ['base', ['backend/a.py', 'nginx/c.conf']],
    ['celery', ['backend/b.py']],
  ]);
});

it('layers may write one path: how they meet there is the plan\'s affair', () => {
  expect([...mountLayers(['nginx/base/a.conf', 'nginx/celery/a.conf.hbs'], LAYERS).values()].flat().map(({ path }) => path)).toEqual(['nginx/a.conf', 'nginx/a.conf']);
});

it('two files of one layer cannot have one path', () => {
  expect(() => mountLayers(['compose/base/nginx/a.conf', 'nginx/base/a.conf'], LAYERS)).toThrow('the layer base writes nginx/a.conf twice');
  expect(() => mountLayers(['nginx/base/a.conf', 'nginx/base/a.conf.hbs'], LAYERS)).toThrow('the layer base writes nginx/a.conf twice');
});

it.each([
  ['frontent/base/a', 'templates/frontent/base/a lies in no known part'],
  ['nginx/celry/a', 'templates/nginx/celry/a lies in no known layer: base, celery'],
])('a template in %s is a fault of the templates', (source, message) => {
  expect(() => mountLayers([source], LAYERS)).toThrow(message);
});
