import { FEATURES, type Features } from '../src/options/features.ts';

/** Every set of features: none, each alone, and all that go together. */
export const FEATURE_SETS: readonly Features[] = FEATURES.reduce<readonly Partial<Features>[]>(
  (sets, { key }) => sets.flatMap((set) => [set, { ...set, [key]: true }]),
  [Object.fromEntries(FEATURES.map(({ key }) => [key, false]))],
) as readonly Features[];

/** As `--celery --websockets`. */
export function flagsOf(features: Features): readonly string[] {
  return FEATURES.filter(({ key }) => features[key]).map(({ flag }) => `--${flag}`);
}
