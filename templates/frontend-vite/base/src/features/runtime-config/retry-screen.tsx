/** Shown instead of the application while the backend is away or cannot be understood. */
import { useEffect, useState } from 'react'
import { UnexpectedAnswerError } from '@/shared/api/errors'
import { CopyCommand } from '@/shared/ui/copy-command'
import { Message } from '@/shared/ui/message'
import styles from './retry-screen.module.css'
import type { Loading } from './use-config-loader'

interface Props {
  readonly loading: Exclude<Loading, { phase: 'ready' }>
  readonly onRetry: () => void
}

export function RetryScreen({ loading, onRetry }: Props) {
  const [error, setError] = useState(loading.phase === 'waiting' ? loading.error : undefined)
  // While the next attempt runs, the screen keeps saying why the last one failed.
  if (loading.phase === 'waiting' && loading.error !== error) setError(loading.error)

  const misunderstood = error instanceof UnexpectedAnswerError
  return (
    <Message
      title={misunderstood ? 'The backend speaks another version' : 'Waiting for the backend'}
      documentTitle="Waiting for the backend"
    >
      <p role="status">
        {misunderstood
          ? 'Its runtime configuration is not the one that this frontend was written for.'
          : 'It answers as soon as the database is migrated. This page goes on by itself.'}
      </p>
      {error && <p className={styles.reason}>{error.message}</p>}
      <CopyCommand command="./docker-dev.sh logs backend" />
      <div className={styles.retry}>
        <button type="button" onClick={onRetry} disabled={loading.phase === 'loading'}>
          Try again
        </button>
        <span className={styles.countdown}>
          {loading.phase === 'waiting' ? <Countdown until={loading.retryAt} /> : 'Trying…'}
        </span>
      </div>
    </Message>
  )
}

function Countdown({ until }: { readonly until: number }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(timer)
  }, [])
  return `Next try in ${Math.max(1, Math.ceil((until - now) / 1000))} s`
}
