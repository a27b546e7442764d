/** The document that the address names, its place while it is loaded, or why it cannot be shown. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { ApiError } from '@/shared/api/errors'
import { FailedPage } from '@/shared/ui/failure'
import { Page } from '@/shared/ui/page'
import { Skeleton } from '@/shared/ui/skeleton'
import { documentQuery, type Document } from './queries'

interface Props {
  readonly children: (document: Document) => ReactNode
}

export function WithDocument({ children }: Props) {
  const { id = '' } = useParams()
  const { data, error, refetch } = useQuery(documentQuery(id))
  // What is known is shown, also while the backend is away.
  if (data) return children(data)
  if (error instanceof ApiError && error.status === 404) {
    return (
      <Page narrow title="No such document">
        <p>It was deleted, or it is not shared with you.</p>
        <p>
          <Link to="/documents">All documents</Link>
        </p>
      </Page>
    )
  }
  if (error) {
    return (
      <FailedPage error={error} onRetry={() => void refetch()}>
        <Link to="/documents">All documents</Link>
      </FailedPage>
    )
  }
  return (
    <Page title="Document">
      <div role="status" aria-label="The document is being loaded">
        <Skeleton height="16rem" />
      </div>
    </Page>
  )
}
