/** The values that most tests start from. */
import { readTemplates } from '../src/io/templates.ts';
import { OPTIONS, type Answers } from '../src/options/index.ts';
import { resolve, type Options } from '../src/options/resolve.ts';
import type { Host } from '../src/options/service-limits.ts';
import type { Facts } from '../src/plan/facts.ts';
import { plan, type Plan } from '../src/plan/plan.ts';
import { FEATURE_SETS } from './feature-sets.ts';

export const HOST: Host = { cpus: 8, memory: 16_384 };

export const FACTS: Facts = {
  secrets: { DJANGO_SECRET_KEY: 'd'.repeat(48), POSTGRES_PASSWORD: 'e'.repeat(48), REDIS_PASSWORD: 'f'.repeat(48) },
  owner: { uid: 1234, gid: 1235 },
  version: '1.2.3',
};

export function answersOf(changes: Partial<Answers> = {}): Answers {
  const known = { directory: changes.directory ?? 'app' };
  const defaults = OPTIONS.map((option) => [option.key, option.default(known)]);
  return { ...Object.fromEntries(defaults), ...known, ...changes } as Answers;
}

export function optionsOf(changes: Partial<Answers> = {}): Options {
  const { options, clashes } = resolve(answersOf(changes), HOST);
  if (clashes.length > 0) throw new Error(`the fixture's answers clash: ${JSON.stringify(clashes)}`);
  return options;
}

export function planOf(changes: Partial<Answers> = {}): Plan {
  return plan(optionsOf(changes), readTemplates(), FACTS);
}

/** Path to text, of every file in the plan. */
export function textsOf({ files }: Plan): ReadonlyMap<string, string> {
  return new Map(files.map(({ path, content }) => [path, new TextDecoder().decode(content)]));
}

/** Every combination of what changes which files there are or what most of them say. */
export const COMBINATIONS: readonly Partial<Answers>[] = FEATURE_SETS.flatMap((features) =>
  (['baseline', 'current'] as const).flatMap((images) =>
    [{}, { proxyPort: 8080, dbPort: 15_432 }].map((ports) => ({ ...features, images, ...ports })),
  ),
);
