/** Laws 3, 4 and 6: no path twice, no unknown name, no secret but in .env; and every file parses as its own kind. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type HandlebarsModule from 'handlebars';
import { describe, expect, it } from 'vitest';
import { HELPERS, listTemplates } from '../../build/embed.mjs';
import { mountLayers } from '../../build/layers.mjs';
import { unpackBase } from '../../src/plan/base.ts';
import { contextOf } from '../../src/plan/context.ts';
import { COMBINATIONS, FACTS, optionsOf, planOf, textsOf } from '../fixtures.ts';
import { parseByKind } from './parse-by-kind.ts';

const Handlebars = createRequire(import.meta.url)('handlebars') as typeof HandlebarsModule;
const ROOT = fileURLToPath(new URL('../../templates', import.meta.url));
const TEMPLATES = listTemplates(ROOT).filter((path) => path.endsWith('.hbs'));
const SECRETS = Object.values(FACTS.secrets);

it('no two layers write one path', () => {
  expect(() => mountLayers(listTemplates(ROOT))).not.toThrow();
});

it('only what varies is a template', () => {
  expect(TEMPLATES.filter((path) => !path.startsWith('compose/'))).toEqual([]);
});

describe.each(TEMPLATES)('%s', (path) => {
  const source = readFileSync(join(ROOT, path), 'utf8');

  it('uses only names that the context has, in conditions too', () => {
    const context = contextOf(optionsOf({ celery: true }), FACTS, 'command');
    const unknown = namesIn(Handlebars.parse(source)).filter((name) => !HELPERS.includes(name) && !isIn(context, name));
    expect(unknown).toEqual([]);
  });

  it('varies: something in it is rendered', () => {
    expect(namesIn(Handlebars.parse(source)).length).toBeGreaterThan(0);
  });
});

it('the check of names sees conditions and arguments', () => {
  const names = namesIn(Handlebars.parse('{{#if typo}}{{else}}{{deep.typo}}{{/if}}{{env "A" other}}'));
  expect(names).toEqual(['typo', 'deep.typo', 'env', 'other']);
});

describe.each(COMBINATIONS.map((changes) => [JSON.stringify(changes), changes] as const))('with %s', (_, changes) => {
  const plan = planOf(changes);
  const texts = textsOf(plan);
  const packed = plan.files.find(({ path }) => path === '.devstack/base.json.gz')?.content ?? new Uint8Array();

  it('every file parses as what its name says', async () => {
    for (const [path, text] of texts) await parseByKind(path, text);
  });

  it('no file has a trace of a template left in it', () => {
    for (const [path, text] of texts) {
      if (TEMPLATES.some((template) => template.endsWith(`/${path}.hbs`))) expect(text, path).not.toMatch(/(?<!\$)\{\{/);
    }
  });

  it('secrets are in .env and nowhere else, and git ignores .env', () => {
    const leaking = [...texts].filter(([, text]) => SECRETS.some((secret) => text.includes(secret))).map(([path]) => path);
    expect(leaking).toEqual(['.env']);
    expect([...unpackBase(packed).keys()]).not.toContain('.env');
    expect(texts.get('.gitignore')).toMatch(/^\/?\.env$/m);
  });

  it('every line ends as Unix does', () => {
    for (const [path, text] of texts) if (!path.endsWith('.gz')) expect(text.includes('\r'), path).toBe(false);
  });

  it('a relative link in a Markdown file leads to a file', () => {
    for (const [path, text] of texts) {
      if (!path.endsWith('.md')) continue;
      for (const [, link = ''] of text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)) {
        const place = new URL(link, `file:///${path}`).pathname.slice(1).replace(/\/$/, '');
        expect([...texts.keys()].some((known) => known === place || known.startsWith(`${place}/`)), `${path} links to ${link}`).toBe(true);
      }
    }
  });
});

it('without Celery there is no trace of it in the backend, the environment and the services', () => {
  const texts = textsOf(planOf());
  const speaking = [...texts].filter(([path, text]) => /^backend\/|^\.env/.test(path) && /celery/i.test(text)).map(([path]) => path);
  expect(speaking).toEqual([]);
  expect(texts.get('docker-compose.yml')).not.toMatch(/^ {2}celery:/m);
  expect(textsOf(planOf({ celery: true })).get('docker-compose.yml')).toMatch(/^ {2}celery:/m);
});

interface Node {
  readonly type: string;
  readonly original?: string;
}

/** Every name that a parsed template looks up, in the order of the text; `if`, `unless` and `else` are the language's own. */
function namesIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(namesIn);
  if (typeof node !== 'object' || node === null) return [];
  const { type, original } = node as Node;
  if (type === 'PathExpression') return original === 'if' || original === 'unless' ? [] : [original ?? ''];
  const children = Object.entries(node).filter(([key]) => key !== 'loc');
  return children.flatMap(([, child]) => namesIn(child));
}

function isIn(context: object, name: string): boolean {
  let value: unknown = context;
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return false;
    value = (value as Record<string, unknown>)[part];
  }
  return value !== undefined;
}
