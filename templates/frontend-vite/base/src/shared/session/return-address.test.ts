import { expect, test } from 'vitest'
import { returnAddress } from '@/shared/session/return-address'

test.each([
  ['/documents?page=2#top', '/documents?page=2#top'],
  [null, '/'],
  ['', '/'],
  ['documents', '/'],
  ['https://evil.test/', '/'],
  ['//evil.test/', '/'],
  ['/\\evil.test/', '/'],
  ['/\t/evil.test/', '/'],
  ['javascript:alert(1)', '/'],
])('%s leads to %s', (next, address) => {
  expect(returnAddress(next, 'https://harbour.test')).toBe(address)
})
