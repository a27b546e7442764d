import { expect, test, vi } from 'vitest'
import { createQueryClient } from '@/shared/api/query-client'
import { ApiError, UnreachableError } from '@/shared/api/errors'

test.each([
  ['tried again where the other side failed', new UnreachableError('away'), 3],
  ['tried again where the backend failed', new ApiError(503, undefined, '/thing'), 3],
  ['not tried again where the request was wrong', new ApiError(404, undefined, '/thing'), 1],
])('a query is %s', async (_, error, times) => {
  vi.useFakeTimers()
  const ask = vi.fn<() => Promise<never>>(() => Promise.reject(error))
  const client = createQueryClient()
  const { retry } = client.getDefaultOptions().queries ?? {}
  // fetchQuery() alone does not try again, as a component does.
  const asked = client.fetchQuery({ queryKey: ['thing'], queryFn: ask, ...(retry && { retry }) })
  const failure = asked.catch((reason: unknown) => reason)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await failure).toBe(error)
  expect(ask).toHaveBeenCalledTimes(times)
  vi.useRealTimers()
})
