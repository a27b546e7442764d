/** Every feature that adds something to the application. To take one out: its folder and its lines here. */
import { accounts } from './accounts/feature'
import { documents } from './documents/feature'
import type { Feature } from './feature'
import { designSystem } from './design-system/feature'
// slot: imports
// generate: imports go above this line

export const features: readonly Feature[] = [
  // A folder beside this file for each, in the order in which they appear on the page.
  accounts,
  documents,
  designSystem,
  // slot: features
  // generate: features go above this line
]
