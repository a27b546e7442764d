/** Around pages for users: whoever is not signed in does so first, and then comes back to the page that was asked for. */
import { Navigate, Outlet, useLocation } from 'react-router'
import { FailedPage } from '@/shared/ui/failure'
import { useSession } from './session'

export function SignedIn() {
  const { user, error, refetch } = useSession()
  const { pathname, search, hash } = useLocation()
  if (user) return <Outlet context={user} />
  if (error) return <FailedPage error={error} onRetry={() => void refetch()} />
  if (user === undefined) return null
  const next = new URLSearchParams({ next: pathname + search + hash })
  return <Navigate replace to={`/sign-in?${next}`} />
}
