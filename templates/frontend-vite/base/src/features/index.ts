/** Every feature that adds something to the application. To take one out: its folder and its lines here. */
import type { Feature } from './feature'
import { designSystem } from './design-system/feature'
// slot: imports

export const features: readonly Feature[] = [
  // A folder beside this file for each, in the order in which they appear on the page.
  designSystem,
  // slot: features
]
