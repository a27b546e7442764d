import { Link, useLocation } from 'react-router'
import { Message } from '@/shared/ui/message'

export function NotFoundPage() {
  const { pathname } = useLocation()
  return (
    <Message title="There is nothing here" documentTitle="Not found" eyebrow="404">
      <p>
        No page has the address <code>{pathname}</code>.
        {import.meta.env.DEV && (
          <>
            {' '}
            Pages are listed in <code>src/app/routes.tsx</code>.
          </>
        )}
      </p>
      <p>
        <Link to="/">Back to the start</Link>
      </p>
    </Message>
  )
}
