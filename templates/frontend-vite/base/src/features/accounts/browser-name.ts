/** What a browser says of itself, as far as a person needs it. The order matters: most claim to be others too. */
const browsers = {
  Edg: 'Edge',
  OPR: 'Opera',
  Firefox: 'Firefox',
  Chrome: 'Chrome',
  Safari: 'Safari',
}
const systems = {
  Android: 'Android',
  iPhone: 'iPhone',
  iPad: 'iPad',
  Windows: 'Windows',
  'Mac OS': 'macOS',
  Linux: 'Linux',
}

export function browserName(userAgent: string): string {
  const [browser, system] = [browsers, systems].map(
    (names) => Object.entries(names).find(([mark]) => userAgent.includes(mark))?.[1],
  )
  return [browser ?? 'Some browser', system && `on ${system}`].filter(Boolean).join(' ')
}
