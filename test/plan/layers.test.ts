import { expect, it } from 'vitest';
import { layer } from '../../src/plan/layers.ts';
import type { StaticFile, Templates } from '../../src/plan/templates.ts';

const file: StaticFile = { kind: 'static', content: new Uint8Array() };
const templates = (...paths: readonly string[]): Templates => new Map(paths.map((path) => [path, file]));
const paths = (celery: boolean, ...sources: readonly string[]) => layer({ celery }, templates(...sources)).map(({ path }) => path);

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
  expect(paths(false, source)).toEqual([path]);
});

it("a feature's layer is there only with the feature", () => {
  const sources = ['backend-django/base/a.py', 'backend-django/celery/b.py'];
  expect(paths(false, ...sources)).toEqual(['backend/a.py']);
  expect(paths(true, ...sources)).toEqual(['backend/a.py', 'backend/b.py']);
});

it("a layer cannot replace another layer's file", () => {
  expect(() => paths(true, 'nginx/base/a.conf', 'nginx/celery/a.conf.hbs')).toThrow('two layers write nginx/a.conf');
});

it('a part cannot replace a file of another part', () => {
  expect(() => paths(false, 'compose/base/nginx/a.conf', 'nginx/base/a.conf')).toThrow('two layers write nginx/a.conf');
});

it('a template in no known part is a fault of the templates', () => {
  expect(() => paths(false, 'frontent/base/a')).toThrow('templates/frontent/base/a lies in no known part');
});
