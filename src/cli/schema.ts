/** The option data as the JSON Schema of `--config`. */
import { OPTIONS } from '../options/index.ts';
import { ANSWERS_SCHEMA_VERSION } from '../plan/answers-file.ts';

export function printableSchema(): string {
  const answers = OPTIONS.map((option) => [option.key, { ...option.schema, description: option.summary, ...defaultOf(option) }]);
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Answers for create-devstack',
    description: 'What create-devstack --config reads and .devstack/answers.json holds. A flag wins over an answer here.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      schemaVersion: { const: ANSWERS_SCHEMA_VERSION },
      generator: { type: 'string', description: 'the version that wrote the file' },
      ...Object.fromEntries(answers),
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function defaultOf(option: (typeof OPTIONS)[number]): { readonly default?: unknown } {
  const value = option.default({});
  return value === undefined ? {} : { default: value };
}
