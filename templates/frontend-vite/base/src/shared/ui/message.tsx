/** A page that has one thing to say, in the middle of the window. */
import type { ReactNode } from 'react'
import styles from './message.module.css'

interface Props {
  readonly title: string
  readonly documentTitle?: string
  readonly eyebrow?: string
  readonly children: ReactNode
}

export function Message({ title, documentTitle = title, eyebrow, children }: Props) {
  return (
    <main className={styles.message}>
      <title>{documentTitle}</title>
      <div className={styles.body}>
        {eyebrow && <p className={styles.eyebrow}>{eyebrow}</p>}
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  )
}
