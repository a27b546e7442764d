import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { formatAnswersFile } from '../../src/plan/answers-file.ts';
import { parseConfig } from '../../src/cli/config.ts';
import { printableSchema } from '../../src/cli/schema.ts';
import { OPTIONS } from '../../src/options/index.ts';
import { optionsOf } from '../fixtures.ts';

const schema = JSON.parse(printableSchema()) as { properties: Record<string, unknown> };
const validate = new Ajv2020({ strict: true }).compile(schema);

it('has every option', () => {
  expect(Object.keys(schema.properties)).toEqual(['$schema', 'schemaVersion', 'generator', ...OPTIONS.map(({ key }) => key)]);
});

it('takes what the generator writes', () => {
  expect(validate(JSON.parse(formatAnswersFile(optionsOf({ celery: true }), '1.2.3')))).toBe(true);
});

it.each([{ celry: true }, { celery: 1 }, { dbPort: '1' }, { dbPort: 0 }, { dbPort: 1.5 }, { images: 'old' }, { limit: ['x'] }, { name: 'A' }, { schemaVersion: 2 }])(
  'refuses what --config refuses: %j',
  (document) => {
    expect(validate(document)).toBe(false);
    expect(parseConfig(JSON.stringify(document), 'a.json').faults).toHaveLength(1);
  },
);
