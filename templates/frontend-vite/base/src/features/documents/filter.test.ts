import { describe, expect, test } from 'vitest'
import { readFilter, toQuery, writeFilter } from './filter'

describe('the address of a list', () => {
  test.each([
    ['', { search: '', ordering: '-updatedAt', scope: 'all', page: 1 }],
    ['page=2&scope=shared', { search: '', ordering: '-updatedAt', scope: 'shared', page: 2 }],
    [
      'page=-1&scope=toString&ordering=size',
      { search: '', ordering: '-updatedAt', scope: 'all', page: 1 },
    ],
  ])('%s is read', (address, filter) => {
    expect(readFilter(new URLSearchParams(address))).toEqual(filter)
  })

  test('says only what differs from the usual', () => {
    const filter = { search: 'a', ordering: '-updatedAt', scope: 'shared', page: 1 } as const
    expect(String(writeFilter(filter))).toBe('search=a&scope=shared')
    expect(toQuery(filter)).toEqual({ search: 'a', ordering: '-updatedAt', page: 1, shared: true })
  })
})
