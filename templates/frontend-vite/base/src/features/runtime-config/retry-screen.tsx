/** Shown instead of the application while the backend is away or cannot be understood. */
import { useEffect, useState } from 'react'
import { ApiError, UnexpectedAnswerError } from '@/shared/api/errors'
import { Button } from '@/shared/ui/button'
import { CopyCommand } from '@/shared/ui/copy-command'
import { Crash } from '@/shared/ui/crash'
import { Message } from '@/shared/ui/message'
import styles from './retry-screen.module.css'

interface Props {
  /** Why the last attempt failed; nothing while the first one takes its time. */
  readonly error: Error | null
  /** Nothing while an attempt runs. */
  readonly retryAt: number | undefined
  readonly onRetry: () => void
}

export function RetryScreen({ error: newest, retryAt, onRetry }: Props) {
  const [error, setError] = useState(newest)
  // While the next attempt runs, there is none; the screen keeps saying why the last one failed.
  if (newest && newest !== error) setError(newest)
  const { title, text, command } = explain(error)
  const crash = error instanceof ApiError && error.problem?.crash
  return (
    <Message title={title} documentTitle={title}>
      <p role="status">{text}</p>
      {crash && <Crash crash={crash} />}
      {error && !crash && <p className={styles.reason}>{error.message}</p>}
      <CopyCommand command={command} />
      <div className={styles.retry}>
        <Button onClick={onRetry} disabled={retryAt === undefined}>
          Try again
        </Button>
        <span className={styles.countdown}>
          {retryAt === undefined ? 'Trying…' : <Countdown until={retryAt} />}
        </span>
      </div>
    </Message>
  )
}

/** Only what is known: a backend that is away may be starting, or it may have failed to. */
function explain(error: Error | null) {
  const command = './docker-dev.sh logs backend'
  if (error instanceof UnexpectedAnswerError) {
    const text = 'Its runtime configuration is not the one that this frontend was written for.'
    return { title: 'The backend speaks another version', text, command }
  }
  if (error instanceof ApiError && error.status === 400) {
    const text = `Is ${location.hostname} in DJANGO_ALLOWED_HOSTS? Put it there, in .env, and restart the backend.`
    return {
      title: 'The backend refuses this address',
      text,
      command: './docker-dev.sh restart backend',
    }
  }
  if (error instanceof ApiError && error.problem?.crash) {
    const text =
      'It stopped at an error in its code. Save the mended file: this page goes on by itself.'
    return { title: 'The backend does not start', text, command }
  }
  if (error instanceof ApiError && error.status !== 502 && error.status !== 504) {
    const text = 'It answers, but not with the runtime configuration. Its log says why.'
    return { title: 'The backend failed', text, command }
  }
  const text = 'It is starting, or it could not: its log says which. This page goes on by itself.'
  return { title: 'Waiting for the backend', text, command }
}

function Countdown({ until }: { readonly until: number }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(timer)
  }, [])
  return `Next try in ${Math.max(1, Math.ceil((until - now) / 1000))} s`
}
