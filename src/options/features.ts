/** What can be added to a project, in the order in which it is asked and listed. A feature is a file here and its layers in templates/. */
import { celery } from './celery.ts';
import { websockets } from './websockets.ts';

export const FEATURES = [celery, websockets] as const;

type Listed = (typeof FEATURES)[number];

/** Which features a project has. */
export type Features = Readonly<Record<Listed['key'], boolean>>;

/** The services that features add. */
export type FeatureService = { [F in Listed as F['key']]: keyof F['services'] }[Listed['key']];

export function chosenFeatures(features: Features): readonly Listed[] {
  return FEATURES.filter(({ key }) => features[key]);
}

/** @param from answers or options, among whose keys are those of the features */
export function pickFeatures(from: Features): Features {
  return Object.fromEntries(FEATURES.map(({ key }) => [key, from[key]])) as Features;
}
