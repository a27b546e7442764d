import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type HandlebarsModule from 'handlebars';
import { expect, it } from 'vitest';
import { listTemplates } from '../../build/embed.mjs';
import { parseTemplate } from '../../build/parse-template.mjs';
import { contextOf, type Context } from '../../src/plan/context.ts';
import { render } from '../../src/plan/render.ts';
import { COMBINATIONS, optionsOf } from '../fixtures.ts';

const Handlebars = createRequire(import.meta.url)('handlebars') as typeof HandlebarsModule;
const ROOT = fileURLToPath(new URL('../../templates', import.meta.url));
const CONTEXTS = COMBINATIONS.map((changes) => contextOf(optionsOf(changes), { version: '1.2.3' }, 'npm create devstack@latest -- "a" <b> & c'));

/** An unknown name throws, an unknown helper does not compile, and nothing is escaped for HTML. */
const byHandlebars = (text: string, context: Context) => Handlebars.compile(text, { strict: true, noEscape: true, knownHelpersOnly: true })(context);

it.each([
  ...listTemplates(ROOT).filter((path) => path.endsWith('.hbs')).map((path): [string, string] => [path, readFileSync(join(ROOT, path), 'utf8')]),
  ['nothing', ''],
  ['names', '{{name}}: {{ports.proxy}}, {{ limits.db.memory }}, {{{command}}}{{name}}'],
  ['a name that is no text', '{{celery}} {{ports.db}}'],
  ['a condition in a line', 'a {{#if celery}}b {{name}}{{else}}c{{/if}} d'],
  ['conditions over lines of their own', 'a\n  {{#if celery}}\n  b\n  {{#unless websockets}}\n  c\n  {{/unless}}\n  {{/if}}\nd\n'],
  ['one condition after the other', '{{#if celery}}a{{else if websockets}}b{{else}}c{{/if}}'],
  ['a condition without a branch', '{{#if celery}}{{/if}}{{#unless celery}}{{else}}a{{/unless}}'],
  ['comments', 'a\n{{! b }}\nc {{!-- {{d}} --}} e\n'],
  ['spaces taken out', 'a  {{~name~}}  b'],
  ['braces that are none', '\\{{name}} ${a} { {name} }'],
] as const)('%s: the same as by Handlebars', (_, text) => {
  const parts = parseTemplate(text);
  for (const context of CONTEXTS) expect(render(parts, context)).toBe(byHandlebars(text, context));
});

it.each(['{{typo}}', '{{ports.typo}}', '{{name.typo}}', '{{#if typo}}{{/if}}', '{{constructor}}', '{{ports.constructor}}'])('%s is no name of the context', (text) => {
  const parts = parseTemplate(text);
  expect(() => render(parts, CONTEXTS[0] as Context)).toThrow('is not defined');
});

it.each(['{{upper name}}', '{{name a=1}}', '{{#each ports}}{{/each}}', '{{#if}}{{/if}}', '{{#if celery websockets}}{{/if}}', '{{#if celery a=1}}{{/if}}', '{{> part}}', '{{this}}', '{{../name}}', '{{@root}}', '{{"name"}}', '{{#if (name)}}{{/if}}'])(
  'a\n%s does not compile',
  (text) => {
    expect(() => parseTemplate(`a\n${text}`)).toThrow(/^line 2, column \d+: a template takes names/);
  },
);
