// slot: imports
import { celery } from './celery/feature'
// end slot

export const features = [
  // slot: features
  celery,
  // end slot
]
