import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { ApiError } from '@/shared/api/errors'
import { ButtonLink } from '@/shared/ui/button'
import { Failure } from '@/shared/ui/failure'
import { Page } from '@/shared/ui/page'
import { DocumentList, DocumentListSkeleton } from './document-list'
import { EmptyList } from './empty-list'
import { readFilter, writeFilter, type Filter } from './filter'
import { FilterBar } from './filter-bar'
import styles from './list-page.module.css'
import { Pages } from './pages'
import { listQuery } from './queries'

export function ListPage() {
  const [params, setParams] = useSearchParams()
  const filter = readFilter(params)
  const { data, error, isPlaceholderData, refetch } = useQuery(listQuery(filter))

  /** What is searched for replaces the address: going back leaves the list, rather than undo each letter. */
  const change = (part: Partial<Filter>, replace = false) =>
    setParams(writeFilter({ ...filter, page: 1, ...part }), { replace, preventScrollReset: true })

  return (
    <Page
      title="Documents"
      actions={
        <ButtonLink to="/documents/new" variant="primary">
          New document
        </ButtonLink>
      }
    >
      <FilterBar filter={filter} onChange={change} />
      <div className={styles.results} aria-busy={isPlaceholderData}>
        <p className={styles.count} role="status">
          {data && !isPlaceholderData && inWords(data.count)}
        </p>
        {error && (
          <Failure error={error} onRetry={() => void refetch()}>
            {error instanceof ApiError && error.status === 404 && (
              // There is no such page any more.
              <button type="button" onClick={() => change({ page: 1 })}>
                To the first page
              </button>
            )}
          </Failure>
        )}
        {!error && !data && <DocumentListSkeleton />}
        {!error && data?.count === 0 && <EmptyList filter={filter} onReset={change} />}
        {!error && data && data.count > 0 && (
          <>
            <DocumentList documents={data.results} />
            <Pages list={data} page={filter.page} onChange={(page) => change({ page })} />
          </>
        )}
      </div>
    </Page>
  )
}

function inWords(count: number): string {
  if (count === 0) return 'No documents'
  return count === 1 ? '1 document' : `${count} documents`
}
