/** The frame of a page: its name, what can be done with all of it, and its content. */
import type { ReactNode } from 'react'
import styles from './page.module.css'

interface Props {
  readonly title: string
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  /** For a form, whose lines are not to be as long as the window is wide. */
  readonly narrow?: boolean
  readonly children: ReactNode
}

export function Page({ title, lead, actions, narrow = false, children }: Props) {
  return (
    <main className={styles.page} data-narrow={narrow}>
      <title>{title}</title>
      <div className={styles.head}>
        <div>
          <h1>{title}</h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </main>
  )
}
