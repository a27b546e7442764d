/** Laws 3, 4 and 6: no path twice, no unknown name, no secret but in .env; and every file parses as its own kind. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type HandlebarsModule from 'handlebars';
import { describe, expect, it } from 'vitest';
import { listTemplates } from '../../build/embed.mjs';
import { mountLayers } from '../../build/layers.mjs';
import { FEATURES } from '../../src/options/features.ts';
import { contextOf } from '../../src/plan/context.ts';
import { unpackMergeBase } from '../../src/plan/merge-base.ts';
import { settingsOf } from '../../src/plan/settings.ts';
import { COMBINATIONS, FACTS, optionsOf, planOf, textsOf } from '../fixtures.ts';
import { parseByKind } from './parse-by-kind.ts';

const Handlebars = createRequire(import.meta.url)('handlebars') as typeof HandlebarsModule;
const ROOT = fileURLToPath(new URL('../../templates', import.meta.url));
const TEMPLATES = listTemplates(ROOT).filter((path) => path.endsWith('.hbs'));
const SECRETS = Object.values(FACTS.secrets);

const LAYERS = ['base', ...FEATURES.map(({ flag }) => flag)];

it('every layer folder has an option, and every layered option a folder', () => {
  const folders = new Set(listTemplates(ROOT).map((path) => path.split('/')[1] ?? ''));
  expect([...folders].toSorted()).toEqual(LAYERS.toSorted());
  expect(() => mountLayers(listTemplates(ROOT), LAYERS)).not.toThrow();
});

it.each(FEATURES)('nothing in base names $flag', ({ flag, services }) => {
  const names = new RegExp(`\\b(${[flag, ...Object.keys(services)].join('|')})\\b`, 'i');
  const naming = listTemplates(ROOT).filter((path) => path.split('/')[1] === 'base' && (names.test(path) || names.test(readFileSync(join(ROOT, path), 'utf8'))));
  expect(naming).toEqual([]);
});

it('every file that is no template parses where it lies, a layer\'s part of a file too', async () => {
  for (const path of listTemplates(ROOT).filter((one) => !one.endsWith('.hbs'))) await parseByKind(path, readFileSync(join(ROOT, path), 'utf8'));
}, 60_000); // a process for each script

it('only what varies is a template', () => {
  expect(TEMPLATES.filter((path) => !path.startsWith('compose/'))).toEqual([]);
});

describe.each(TEMPLATES)('%s', (path) => {
  const source = readFileSync(join(ROOT, path), 'utf8');

  it('uses only names that the context has, in conditions too', () => {
    const context = contextOf(optionsOf({ celery: true }), FACTS, 'command');
    const unknown = namesIn(Handlebars.parse(source)).filter((name) => !isIn(context, name));
    expect(unknown).toEqual([]);
  });

  it('varies: something in it is rendered', () => {
    expect(namesIn(Handlebars.parse(source)).length).toBeGreaterThan(0);
  });
});

it('the check of names sees conditions and arguments', () => {
  const names = namesIn(Handlebars.parse('{{#if typo}}{{else}}{{deep.typo}}{{/if}}{{each other}}'));
  expect(names).toEqual(['typo', 'deep.typo', 'each', 'other']);
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
    expect([...unpackMergeBase(packed).keys()]).not.toContain('.env');
    expect(texts.get('.gitignore')).toMatch(/^\/?\.env$/m);
  });

  // msw's puts a worker for browsers into the folder that package.json names for it, which names none.
  it('no package runs a script when it is installed, and none needs to', () => {
    expect(JSON.parse(texts.get('frontend/package.json') ?? '')).not.toHaveProperty('msw');
    const { packages } = JSON.parse(texts.get('frontend/package-lock.json') ?? '') as { packages: Record<string, { hasInstallScript?: boolean }> };
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    expect(Object.keys(packages).filter((path) => packages[path]?.hasInstallScript)).toEqual(['node_modules/msw']);
    expect(texts.get('frontend/.npmrc')).toMatch(/^ignore-scripts=true$/m);
  });

  it('every line ends as Unix does', () => {
    for (const [path, text] of texts) if (!/\.(gz|webp)$/.test(path)) expect(text.includes('\r'), path).toBe(false);
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

it("every default stands in docker-compose.yml and in .env.example, and is the architecture's", () => {
  const all = Object.fromEntries(FEATURES.map(({ key }) => [key, true]));
  const texts = textsOf(planOf(all));
  const [compose = '', example = ''] = ['docker-compose.yml', '.env.example'].map((path) => texts.get(path));
  for (const [name, value] of settingsOf(optionsOf(all))) {
    if (name.startsWith('COMPOSE_')) continue; // Compose's own
    const defaults = [...compose.matchAll(new RegExp(`\\$\\{${name}:-([^}]*)\\}`, 'g'))].map(([, text]) => text);
    expect(new Set(defaults), `docker-compose.yml: ${name}`).toEqual(new Set([value]));
    expect(example.split('\n'), '.env.example').toContain(name === 'FRONTEND_APP_NAME' ? `${name}=${value}` : `# ${name}=${value}`);
  }
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
