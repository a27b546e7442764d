// slot: imports
import { websockets } from './websockets/feature'
// end slot

export const features = [
  // slot: features
  websockets,
  // end slot
]
