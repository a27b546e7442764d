/** What failed, the id under which the backend's log has it, and a way on. */
import type { ReactNode } from 'react'
import { ApiError, UnreachableError } from '@/shared/api/errors'
import styles from './failure.module.css'
import { Page } from './page'

interface Props {
  readonly error: Error
  /** Said instead of what the error says. */
  readonly text?: string | undefined
  readonly onRetry?: () => void
  /** Another way on, for instance a link. */
  readonly children?: ReactNode
}

export function Failure({ error, text, onRetry, children }: Props) {
  const requestId = error instanceof ApiError ? error.requestId : undefined
  return (
    <div className={styles.failure} role="alert">
      <p>{text ?? inWords(error)}</p>
      {requestId && (
        <p className={styles.id}>
          The backend’s log has it under <code>{requestId}</code>.
        </p>
      )}
      {onRetry && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
      {children}
    </div>
  )
}

export function FailedPage(props: Props) {
  return (
    <Page narrow title="This page did not load">
      <Failure {...props} />
    </Page>
  )
}

function inWords(error: Error): string {
  if (error instanceof UnreachableError) return 'The server does not answer. Try again in a moment.'
  return error.message
}
