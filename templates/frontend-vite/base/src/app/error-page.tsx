/** What a visitor sees when a page throws: what happened, and a way out. */
import { isRouteErrorResponse, Link, useRouteError } from 'react-router'
import { ApiError } from '@/shared/api/errors'
import { Message } from '@/shared/ui/message'

export function ErrorPage() {
  const error = useRouteError()
  return (
    <Message title="This page failed" eyebrow="Error">
      <p role="alert">{describe(error)}</p>
      {error instanceof ApiError && error.requestId && (
        <p>
          The backend’s log has it under <code>{error.requestId}</code>.
        </p>
      )}
      <p>
        <Link to="/" reloadDocument>
          Back to the start
        </Link>
      </p>
    </Message>
  )
}

function describe(error: unknown): string {
  if (isRouteErrorResponse(error)) return `${error.status} ${error.statusText}`
  return error instanceof Error ? error.message : 'Something went wrong.'
}
