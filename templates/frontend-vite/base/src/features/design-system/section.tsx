import type { ReactNode } from 'react'
import styles from './design-system.module.css'

interface Props {
  readonly title: string
  readonly file?: string
  readonly children: ReactNode
}

export function Section({ title, file, children }: Props) {
  const id = title.toLowerCase()
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.heading}>
        <h2 id={id}>{title}</h2>
        {file && <code>{file}</code>}
      </div>
      {children}
    </section>
  )
}
