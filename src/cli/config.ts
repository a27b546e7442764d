/** A JSON document of answers in, what it gives out, with every fault and its place. */
import { OPTIONS, type Key } from '../options/index.ts';
import { nearest } from '../options/nearest.ts';
import type { Option, Parsed } from '../options/option.ts';
import { ANSWERS_SCHEMA_VERSION } from '../plan/answers-file.ts';
import { NO_ANSWERS, type PartialAnswers } from './partial-answers.ts';

/** Written by the generator, and no answers. */
const METADATA = ['$schema', 'schemaVersion', 'generator'];

/**
 * @param text the document
 * @param source how messages call it: a file's name, or "standard input"
 */
export function parseConfig(text: string, source: string): { readonly partial: PartialAnswers; readonly faults: readonly string[] } {
  const document = parseJson(text, source);
  if ('fault' in document) return { partial: NO_ANSWERS, faults: [document.fault] };
  const answers: Partial<Record<Key, unknown>> = {};
  const sources: Partial<Record<Key, string>> = {};
  const faults = versionFaults(document.value, source);
  for (const [key, value] of Object.entries(document.value)) {
    if (METADATA.includes(key)) continue;
    const option = OPTIONS.find((candidate) => candidate.key === key);
    if (option === undefined) {
      faults.push(unknownKey(key, source));
      continue;
    }
    const parsed = readValue(option, value);
    sources[option.key] = `${source}: ${key}`;
    if (parsed.ok) answers[option.key] = parsed.value;
    else faults.push(`${source}: ${key} ${JSON.stringify(value)} is not valid: ${parsed.problem}.`);
  }
  return { partial: { answers: answers as PartialAnswers['answers'], sources }, faults };
}

/** @returns the option's value from its JSON form, which is what its schema says */
function readValue(option: Option, value: unknown): Parsed<unknown> {
  if (option.kind === 'toggle') return typeof value === 'boolean' ? { ok: true, value } : { ok: false, problem: 'must be true or false' };
  if (option.kind !== 'list') return readSingle(option, value);
  if (!Array.isArray(value)) return { ok: false, problem: 'must be a list of strings' };
  const items = value.map((item) => (typeof item === 'string' ? option.parse(item) : { ok: false as const, problem: 'must be a list of strings' }));
  const wrong = items.find((item) => !item.ok);
  return wrong ?? { ok: true, value: items.flatMap((item) => (item.ok ? [item.value] : [])) };
}

function readSingle(option: Extract<Option, { parse: unknown }>, value: unknown): Parsed<unknown> {
  const expected = option.schema['type'] === 'integer' ? 'number' : 'string';
  return typeof value === expected ? option.parse(String(value)) : { ok: false, problem: `must be a ${expected}` };
}

function parseJson(text: string, source: string): { readonly value: object } | { readonly fault: string } {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value };
    return { fault: `${source} must hold a JSON object, such as { "celery": true }.` };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { fault: `${source} is not JSON: ${error.message}. See create-devstack --print-schema.` };
  }
}

function versionFaults(document: object, source: string): string[] {
  const version = 'schemaVersion' in document ? document.schemaVersion : ANSWERS_SCHEMA_VERSION;
  if (version === ANSWERS_SCHEMA_VERSION) return [];
  return [`${source}: schemaVersion ${JSON.stringify(version)} is not known; this version of create-devstack reads ${ANSWERS_SCHEMA_VERSION}.`];
}

function unknownKey(key: string, source: string): string {
  const proposal = nearest(key, OPTIONS.map((option) => option.key));
  const advice = proposal === undefined ? 'See create-devstack --print-schema.' : `Did you mean ${proposal}?`;
  return `${source}: ${key} is no answer that create-devstack knows. ${advice}`;
}
