import { waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { createQueryClient } from '@/shared/api/query-client'
import { signInAgain } from '@/shared/api/sign-in-again'
import { sessionQuery } from '@/shared/session/session'
import { watchSession } from '@/shared/session/watch-session'
import { startBackend } from '@/testing/backend'
import { ada } from '@/testing/people'

const KEY = sessionQuery.queryKey

test('a request waits until the user has decided, whatever else is learnt meanwhile', async () => {
  startBackend()
  const client = createQueryClient()
  const stop = watchSession(client)
  client.setQueryData(KEY, { user: ada, expiresAt: null, expired: false })
  const decided = signInAgain('/api/v1/users/me/')
  await waitFor(() => expect(client.getQueryData(KEY)).toMatchObject({ expired: true }))
  client.setQueryData(['something', 'else'], 1)
  client.setQueryData(KEY, { user: ada, expiresAt: null, expired: false })
  expect(await decided).toBe(true)
  stop()
})
