/** What a visitor sees when a page throws: what happened, and a way out. In development also where. */
import { isRouteErrorResponse, useRouteError } from 'react-router'
import { ApiError } from '@/shared/api/errors'
import { Button, ButtonLink } from '@/shared/ui/button'
import { Crash } from '@/shared/ui/crash'
import { Message } from '@/shared/ui/message'
import styles from './error-page.module.css'

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
      {error instanceof ApiError && error.problem?.crash && <Crash crash={error.problem.crash} />}
      {import.meta.env.DEV && error instanceof Error && (
        <pre className={styles.stack}>{readable(error.stack)}</pre>
      )}
      <p className={styles.ways}>
        {/* Loaded anew: what failed may be the page's own code that did not arrive. */}
        <Button onClick={() => location.reload()}>Try again</Button>
        <ButtonLink to="/" reloadDocument>
          To the start
        </ButtonLink>
      </p>
    </Message>
  )
}

/** The files as they lie in the repository, without the server's address and its marks. */
function readable(stack = ''): string {
  return stack.replaceAll(/https?:\/\/[^/\s]+\/|\?[^:\s)]+/g, '')
}

function describe(error: unknown): string {
  if (isRouteErrorResponse(error)) return `${error.status} ${error.statusText}`
  return error instanceof Error ? error.message : 'Something went wrong.'
}
