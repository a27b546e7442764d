/** What the five host ports have in common. */
import type { Single } from './option.ts';

export function port<const Key extends string>(
  option: Pick<Single<Key>, 'key' | 'flag' | 'summary'> & { readonly default: number; readonly label: string },
): Single<Key, number> {
  return {
    key: option.key,
    kind: 'value',
    flag: option.flag,
    placeholder: 'PORT',
    scope: 'project',
    summary: option.summary,
    default: () => option.default,
    defaultText: String(option.default),
    schema: { type: 'integer', minimum: 1, maximum: 65_535 },
    parse: (text) => {
      const value = /^\d{1,5}$/.test(text) ? Number(text) : 0;
      return value >= 1 && value <= 65_535
        ? { ok: true, value }
        : { ok: false, problem: 'must be a whole number from 1 to 65535' };
    },
    ask: { kind: 'text', message: `Host port of the ${option.label}?` },
  };
}
