import type { List } from './option.ts';
import { LIMIT_KEYS, parseOverride, SERVICES, type LimitOverride } from './service-limits.ts';

export const limit: List<'limit', LimitOverride> = {
  key: 'limit',
  kind: 'list',
  flag: 'limit',
  placeholder: 'SERVICE.KEY=VALUE',
  scope: 'project',
  summary: `one limit, repeatable; KEY is ${LIMIT_KEYS.join(', ')}; memory as 512m or 2g`,
  defaultText: '',
  default: () => [],
  schema: {
    type: 'array',
    items: { type: 'string', pattern: `^(${SERVICES.join('|')})\\.(${LIMIT_KEYS.join('|')})=.+$` },
  },
  parse: parseOverride,
};
