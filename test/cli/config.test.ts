import { describe, expect, it } from 'vitest';
import { formatAnswersFile } from '../../src/plan/answers-file.ts';
import { parseConfig } from '../../src/cli/config.ts';
import { parseFlags } from '../../src/cli/flags.ts';
import { explainOverruled, mergeAnswers } from '../../src/cli/partial-answers.ts';
import { applyDefaults } from '../../src/cli/apply-defaults.ts';
import { resolve } from '../../src/options/resolve.ts';
import { HOST, optionsOf } from '../fixtures.ts';

const read = (document: unknown) => parseConfig(JSON.stringify(document), 'a.json');

it('the answers file of a project makes the same project', () => {
  const options = optionsOf({ celery: true, images: 'current', proxyPort: 8080, limit: [{ service: 'db', key: 'memory', value: 1024 }] });
  const { partial, faults } = parseConfig(formatAnswersFile(options, '1.2.3'), 'answers.json');
  expect(faults).toEqual([]);
  expect(resolve(applyDefaults(mergeAnswers(parseFlags(['elsewhere']).partial, partial)).answers, HOST).options).toEqual(options);
});

it('takes a few answers by hand, with a byte order mark too', () => {
  expect(parseConfig('\uFEFF{ "celery": true, "dbPort": 5433 }', 'a.json').partial).toEqual({
    answers: { celery: true, dbPort: 5433 },
    sources: { celery: 'a.json: celery', dbPort: 'a.json: dbPort' },
  });
});

it('a flag wins over the file, and one that was refused is not replaced by it', () => {
  const { partial } = read({ celery: false, dbPort: 1, images: 'current' });
  expect(mergeAnswers(parseFlags(['--celery', '--db-port', 'x']).partial, partial).answers).toEqual({ celery: true, images: 'current' });
});

it('says which flag won over which answer', () => {
  const { partial } = read({ celery: false, dbPort: 5433, images: 'current', limit: ['db.memory=1g'] });
  const flags = parseFlags(['--celery', '--images', 'current', '--limit', 'db.memory=2g']).partial;
  expect(explainOverruled(flags, partial)).toEqual([
    '--celery wins over what is in a.json: celery.',
    '--limit wins over what is in a.json: limit.',
  ]);
});

describe('faults', () => {
  it.each([
    ['{', 'a.json is not JSON: '],
    ['[]', 'a.json must hold a JSON object, such as { "celery": true }.'],
    ['null', 'a.json must hold a JSON object'],
    ['{"celry":true}', 'a.json: celry is no answer that create-devstack knows. Did you mean celery?'],
    ['{"zzzzzzz":1}', 'a.json: zzzzzzz is no answer that create-devstack knows. See create-devstack --print-schema.'],
    ['{"celery":"yes"}', 'a.json: celery "yes" is not valid: must be true or false.'],
    ['{"dbPort":"5432"}', 'a.json: dbPort "5432" is not valid: must be a number.'],
    ['{"dbPort":1.5}', 'a.json: dbPort 1.5 is not valid: must be a whole number from 1 to 65535.'],
    ['{"name":7}', 'a.json: name 7 is not valid: must be a string.'],
    ['{"name":"A"}', 'a.json: name "A" is not valid: a name has lower-case letters'],
    ['{"images":"old"}', 'a.json: images "old" is not valid: must be one of baseline, current.'],
    ['{"limit":"db.cpus=1"}', 'a.json: limit "db.cpus=1" is not valid: must be a list of strings.'],
    ['{"limit":[7]}', 'a.json: limit [7] is not valid: must be a list of strings.'],
    ['{"limit":["db.cpus=x"]}', 'a.json: limit ["db.cpus=x"] is not valid: must be a number of CPUs'],
    ['{"schemaVersion":2}', 'a.json: schemaVersion 2 is not known; this version of create-devstack reads 1.'],
  ])('%s', (text, fault) => {
    expect(parseConfig(text, 'a.json').faults).toEqual([expect.stringContaining(fault)]);
  });

  it('are all told at once', () => {
    expect(read({ celry: true, dbPort: 0, name: 1 }).faults).toHaveLength(3);
  });
});
