/** Rows and columns, as plain table elements. Where it is wider than its place it scrolls, with the keyboard too. */
import type { ReactNode } from 'react'
import styles from './table.module.css'

interface Props {
  /** What the table holds, for those who do not see what is around it. */
  readonly caption: string
  /** `<thead>` and `<tbody>`. */
  readonly children: ReactNode
}

export function Table({ caption, children }: Props) {
  return (
    // A place that scrolls must take the focus: the arrow keys scroll it then.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.scroll} role="region" aria-label={caption} tabIndex={0}>
      <table className={styles.table}>
        <caption className="visually-hidden">{caption}</caption>
        {children}
      </table>
    </div>
  )
}
