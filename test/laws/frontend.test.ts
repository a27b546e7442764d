/** What the emitted frontend says in two places is the same in both. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { planOf, textsOf } from '../fixtures.ts';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../templates/${path}`, import.meta.url)), 'utf8');

/** Each `--name: value`. */
const valuesOf = (css: string) => new Map([...css.matchAll(/(--[\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]));

it("the proxy's own page has the colours of the application", () => {
  const tokens = valuesOf(read('frontend-vite/base/src/shared/styles/tokens.css'));
  const page = valuesOf(read('nginx/base/pages/unavailable.html'));
  expect(page.size).toBeGreaterThan(4);
  for (const [name, value] of page) expect(value, name).toBe(tokens.get(name));
});

it("the frontend's README names only what is there", () => {
  const paths = [...textsOf(planOf({})).keys()];
  const named = [...read('frontend-vite/base/README.md').matchAll(/`((?:src|scripts)\/[\w./-]*)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !paths.some((one) => one.startsWith(`frontend/${path}`)))).toEqual([]);
});
