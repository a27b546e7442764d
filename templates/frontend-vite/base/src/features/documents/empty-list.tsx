import { Button, ButtonLink } from '@/shared/ui/button'
import styles from './list-page.module.css'
import type { Filter } from './filter'

interface Props {
  readonly filter: Filter
  readonly onReset: (part: Partial<Filter>) => void
}

export function EmptyList({ filter: { search, scope }, onReset }: Props) {
  if (search || scope !== 'all') {
    return (
      <div className={styles.empty}>
        <h2>Nothing matches</h2>
        <p>
          {search
            ? `No document has “${search}” in its title or text.`
            : 'There are none of these yet.'}
        </p>
        <Button onClick={() => onReset({ search: '', scope: 'all' })}>Show all documents</Button>
      </div>
    )
  }
  return (
    <div className={styles.empty}>
      <h2>No documents yet</h2>
      <p>What you write is yours alone until you share it with those who are signed in.</p>
      <ButtonLink to="/documents/new">Write the first one</ButtonLink>
    </div>
  )
}
