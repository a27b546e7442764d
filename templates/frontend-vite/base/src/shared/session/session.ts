/** Who is signed in. Asked once, kept, asked anew when the tab is looked at again and when the session should be over. */
import { queryOptions, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useOutletContext } from 'react-router'
import { api, read, type Schemas } from '@/shared/api/api'
import { forgetDrafts } from '@/shared/forms/use-draft'

export type User = Schemas['User']

export interface Session {
  readonly user: User | null
  readonly expiresAt: string | null
  /** It ended by itself: the user is still the one whose pages are open, and is asked to sign in again. */
  readonly expired: boolean
}

const LONGEST_TIMER_MS = 2 ** 31 - 1

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ client, signal }): Promise<Session> => {
    const answer = await read(api.GET('/api/v1/auth/session/', { signal }))
    const known = client.getQueryData<Session>(['session'])
    if (known?.user && !answer.user) return { ...known, expired: true }
    return { ...answer, expired: false }
  },
  staleTime: 60_000,
  refetchInterval: ({ state }) => untilEnd(state.data),
})

export function useSession() {
  const { data, ...query } = useQuery(sessionQuery)
  return { ...query, user: data?.user, expired: data?.expired ?? false }
}

/** On pages below <SignedIn>, where there always is somebody. */
export function useUser(): User {
  return useOutletContext<User>()
}

/** What follows from signing in and out, for all that is on the page and all that is kept. */
export function useSessionChange() {
  const client = useQueryClient()
  return {
    signedIn: (user: User) => {
      // What somebody else has seen is not shown to this one, not even for a moment.
      client.removeQueries({ type: 'inactive' })
      setSession(client, { user })
      void client.invalidateQueries()
    },
    signedOut: () => {
      forgetDrafts()
      setSession(client, { user: null })
    },
    changed: (user: User) => setSession(client, { user }),
  }
}

function setSession(client: QueryClient, { user }: Pick<Session, 'user'>) {
  client.setQueryData<Session>(sessionQuery.queryKey, (known) => ({
    expiresAt: (user && known?.expiresAt) ?? null,
    user,
    expired: false,
  }))
}

/** A moment later than the backend says, since the clocks of two machines differ. */
function untilEnd({ expiresAt, expired }: Partial<Session> = {}): number | false {
  if (!expiresAt || expired) return false
  return Math.min(Math.max(Date.parse(expiresAt) - Date.now(), 0) + 2000, LONGEST_TIMER_MS)
}
