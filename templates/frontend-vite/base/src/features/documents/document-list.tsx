import { Link } from 'react-router'
import { Skeleton } from '@/shared/ui/skeleton'
import styles from './document-list.module.css'
import type { Document } from './queries'
import { Moment } from './moment'

export function DocumentList({ documents }: { readonly documents: readonly Document[] }) {
  return (
    <ul className={styles.list} role="list" aria-label="Documents">
      {documents.map((document) => (
        <li key={document.id} className={styles.row}>
          <Link to={`/documents/${document.id}`} className={styles.title}>
            {document.title}
          </Link>
          <p className={styles.about}>
            {document.owner.name} · changed <Moment at={document.updatedAt} />
            {document.attachment && ` · ${document.attachment.name}`}
          </p>
          {document.shared && <span className={styles.badge}>Shared</span>}
        </li>
      ))}
    </ul>
  )
}

/** As high as the rows that will stand there. */
export function DocumentListSkeleton() {
  return (
    <div className={styles.list} role="status" aria-label="Documents are being loaded">
      {Array.from({ length: 6 }, (_, index) => (
        <div key={index} className={styles.row}>
          <Skeleton width={`${55 - 5 * index}%`} />
          <Skeleton width="30%" />
        </div>
      ))}
    </div>
  )
}
