/** A request is answered with 401: if the session is over, it waits until the user has signed in again. */
import type { QueryClient } from '@tanstack/react-query'
import { onUnauthorized } from '@/shared/api/sign-in-again'
import { sessionQuery, type Session } from './session'

/** @returns how to stop */
export function watchSession(client: QueryClient): () => void {
  return onUnauthorized(async () => {
    const session = await client
      .fetchQuery({ ...sessionQuery, staleTime: 0, retry: false })
      .catch(() => undefined)
    return session?.expired ? untilDecided(client) : Boolean(session?.user)
  })
}

/** @returns whether the user has signed in again, rather than leave it */
function untilDecided(client: QueryClient): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = client.getQueryCache().subscribe(() => {
      const session = client.getQueryData<Session>(sessionQuery.queryKey)
      if (session?.expired) return
      stop()
      resolve(Boolean(session?.user))
    })
  })
}
