/** The frame of a page: its name, what can be done with all of it, and its content. */
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import styles from './page.module.css'

interface Props {
  readonly title: string
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  /** The page that it belongs to. */
  readonly back?: { readonly to: string; readonly text: string }
  /** For a page that is one short form, or one thing to say: in the middle, and no wider than that. */
  readonly narrow?: boolean
  readonly children: ReactNode
}

export function Page({ title, lead, actions, back, narrow = false, children }: Props) {
  return (
    <main className={styles.page} data-narrow={narrow}>
      <title>{title}</title>
      <div className={styles.head}>
        <div>
          {back && (
            <Link to={back.to} className={styles.back}>
              {back.text}
            </Link>
          )}
          <h1>{title}</h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </main>
  )
}
