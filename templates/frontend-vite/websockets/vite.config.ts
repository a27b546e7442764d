export const include = [
  // slot: dependencies
      'partysocket/ws',
  // end slot
]
