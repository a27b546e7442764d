import { Button } from '@/shared/ui/button'
import type { Schemas } from '@/shared/api/api'
import styles from './list-page.module.css'

interface Props {
  readonly list: Schemas['PaginatedDocumentList']
  readonly page: number
  readonly onChange: (page: number) => void
}

export function Pages({ list: { count, next, previous, results }, page, onChange }: Props) {
  if (!next && !previous) return null
  // The last page may be short: counted from the end. How long the others are is the backend's business.
  const first = next ? (page - 1) * results.length + 1 : count - results.length + 1
  return (
    <nav className={styles.pages} aria-label="Pages of the list">
      <Button disabled={!previous} onClick={() => onChange(page - 1)}>
        Previous
      </Button>
      <span>
        {first}–{first + results.length - 1} of {count}
      </span>
      <Button disabled={!next} onClick={() => onChange(page + 1)}>
        Next
      </Button>
    </nav>
  )
}
