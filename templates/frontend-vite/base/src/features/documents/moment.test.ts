import { expect, test } from 'vitest'
import { inWords } from './moment'

test.each([
  [0, 'just now'],
  [59_000, 'just now'],
  [60_000, '1 minute ago'],
  [3 * 3_600_000, '3 hours ago'],
  [26 * 3_600_000, 'yesterday'],
  [7.5 * 86_400_000, 'Jan 2, 2026'],
])('what happened %d ms ago happened %s', (ms, said) => {
  const then = new Date('2026-01-02T12:00:00Z')
  expect(inWords(then, then.getTime() + ms)).toBe(said)
})
