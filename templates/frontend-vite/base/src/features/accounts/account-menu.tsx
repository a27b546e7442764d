/** In the header: who is signed in, and the way out; or the way in. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { Link, useLocation } from 'react-router'
import { api, read } from '@/shared/api/api'
import { ApiError } from '@/shared/api/errors'
import { useSession, useSessionChange } from '@/shared/session/session'
import { watchSession } from '@/shared/session/watch-session'
import styles from './account-menu.module.css'
import { nameOf } from './name-of'

const SessionDialog = lazy(async () => ({
  default: (await import('./session-dialog')).SessionDialog,
}))

export function AccountMenu() {
  const { user, expired } = useSession()
  const client = useQueryClient()
  useEffect(() => watchSession(client), [client])

  if (user === undefined) return <div className={styles.menu} />
  if (!user) return <SignInLink />
  return (
    <div className={styles.menu}>
      <Link to="/account" className={styles.name} title={user.email}>
        {nameOf(user)}
      </Link>
      <SignOutButton />
      {expired && (
        <Suspense>
          <SessionDialog user={user} />
        </Suspense>
      )}
    </div>
  )
}

function SignInLink() {
  const { pathname, search } = useLocation()
  const next = new URLSearchParams({ next: pathname + search })
  return (
    <div className={styles.menu}>
      <Link to={pathname === '/sign-in' ? pathname + search : `/sign-in?${next}`}>Sign in</Link>
    </div>
  )
}

function SignOutButton() {
  const { signedOut } = useSessionChange()
  const { mutate, isPending } = useMutation({
    mutationFn: () => read(api.POST('/api/v1/auth/logout/')),
    onSuccess: signedOut,
    onError: async (error) => {
      // There is no session any more: that is what was asked for.
      if (error instanceof ApiError && error.status === 401) return signedOut()
      // Loaded when there is something to tell, since this is on every page.
      const { notify } = await import('@/shared/ui/toast')
      return notify('You are still signed in', { description: error.message, kind: 'failure' })
    },
  })
  return (
    <button type="button" className={styles.out} aria-disabled={isPending} onClick={() => mutate()}>
      Sign out
    </button>
  )
}
