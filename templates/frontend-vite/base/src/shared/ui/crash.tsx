/** What the backend's code stumbled over: the file, its line, and what Python says of it. It says so only in development. */
import type { Problem } from '@/shared/api/types'
import styles from './crash.module.css'

export function Crash({ crash }: { readonly crash: NonNullable<Problem['crash']> }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls takes the focus
    <div className={styles.crash} role="region" aria-label="Error in the code" tabIndex={0}>
      {crash.frame && <code className={styles.frame}>backend/{crash.frame}</code>}
      <pre className={styles.exception}>{crash.exception}</pre>
    </div>
  )
}
