/** The browsers in which the user is signed in; each can be signed out from here. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, read, type Schemas } from '@/shared/api/api'
import { Button } from '@/shared/ui/button'
import { Failure } from '@/shared/ui/failure'
import { Skeleton } from '@/shared/ui/skeleton'
import styles from './accounts.module.css'
import { browserName } from './browser-name'

export const sessionsKey = ['account', 'sessions']

const time = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

export function Sessions() {
  const { data, error, refetch } = useQuery({
    queryKey: sessionsKey,
    queryFn: ({ signal }) => read(api.GET('/api/v1/auth/sessions/', { signal })),
  })
  const endOthers = useEnding(() => read(api.POST('/api/v1/auth/sessions/end-others/')))

  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton height="4.25rem" />
  return (
    <>
      <ul className={styles.sessions} role="list">
        {data.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
      {endOthers.error && <Failure error={endOthers.error} />}
      {data.length > 1 && (
        <div>
          <Button busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
            Sign out everywhere else
          </Button>
        </div>
      )}
    </>
  )
}

function SessionRow({ session }: { readonly session: Schemas['Session'] }) {
  const { id, current, userAgent, address, lastSeenAt } = session
  const end = useEnding(() =>
    read(api.DELETE('/api/v1/auth/sessions/{id}/', { params: { path: { id } } })),
  )
  const name = browserName(userAgent)
  return (
    <li className={styles.session}>
      <div>
        <p>
          {name}
          {current && <span className={styles.here}>this one</span>}
        </p>
        <p className={styles.soft}>
          {address} · last seen {time.format(new Date(lastSeenAt))}
        </p>
        {end.error && <Failure error={end.error} />}
      </div>
      {!current && (
        <Button
          aria-label={`Sign out ${name}, last seen ${time.format(new Date(lastSeenAt))}`}
          busy={end.isPending}
          onClick={() => end.mutate()}
        >
          Sign out
        </Button>
      )}
    </li>
  )
}

function useEnding(mutationFn: () => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    onSettled: () => client.invalidateQueries({ queryKey: sessionsKey }),
  })
}
