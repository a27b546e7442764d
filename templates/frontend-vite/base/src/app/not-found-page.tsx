/** For an address that no page has: what was probably meant, and the ways on. */
import { Link, useLocation, useNavigate } from 'react-router'
import { Button, ButtonLink } from '@/shared/ui/button'
import { Message } from '@/shared/ui/message'
import { nearestPage } from './nearest-page'
import styles from './not-found-page.module.css'

export function NotFoundPage() {
  const { key, pathname } = useLocation()
  const navigate = useNavigate()
  const nearest = nearestPage(pathname)
  return (
    <Message title="There is nothing here" documentTitle="Not found" eyebrow="404">
      <p>
        No page has the address <code>{pathname}</code>.
        {nearest && (
          <>
            {' '}
            Did you mean <Link to={nearest}>{nearest}</Link>?
          </>
        )}
      </p>
      {import.meta.env.DEV && (
        <p>
          Pages are listed in <code>src/app/routes.tsx</code> and in each feature’s{' '}
          <code>feature.ts</code>.
        </p>
      )}
      <div className={styles.ways}>
        {/* The first address of a visit has no page before it. */}
        {key !== 'default' && <Button onClick={() => void navigate(-1)}>Back</Button>}
        <ButtonLink to="/">To the start</ButtonLink>
      </div>
    </Message>
  )
}
