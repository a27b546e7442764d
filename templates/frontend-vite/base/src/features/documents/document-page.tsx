import { useState } from 'react'
import { useNavigate } from 'react-router'
import { Button, ButtonLink } from '@/shared/ui/button'
import { Dialog } from '@/shared/ui/dialog'
import { Failure } from '@/shared/ui/failure'
import { Page } from '@/shared/ui/page'
import { notify } from '@/shared/ui/toast'
import { AttachmentCard } from './attachment-card'
import styles from './document-page.module.css'
import { Moment } from './moment'
import { useDelete, type Document } from './queries'
import { Sharing } from './sharing'
import { WithDocument } from './with-document'

export function DocumentPage() {
  return <WithDocument>{(document) => <Shown document={document} />}</WithDocument>
}

function Shown({ document }: { readonly document: Document }) {
  const { id, title, body, owner, permissions, updatedAt } = document
  return (
    <Page
      title={title}
      back={{ to: '/documents', text: 'All documents' }}
      lead={
        <>
          {owner.name} · changed <Moment at={updatedAt} />
        </>
      }
      actions={
        <>
          {permissions.change && <ButtonLink to={`/documents/${id}/edit`}>Edit</ButtonLink>}
          {permissions.delete && <DeleteButton document={document} />}
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.body}>{body || <em>It has no text.</em>}</div>
        <aside className={styles.side} aria-label="About this document">
          <Sharing document={document} />
          <AttachmentCard document={document} />
        </aside>
      </div>
    </Page>
  )
}

function DeleteButton({ document }: { readonly document: Document }) {
  const [asked, setAsked] = useState(false)
  const navigate = useNavigate()
  const { mutate, isPending, error } = useDelete(document)
  const confirm = () =>
    mutate(undefined, {
      onSuccess: () => {
        notify('Document deleted')
        void navigate('/documents', { replace: true })
      },
    })
  return (
    <>
      <Button variant="danger" onClick={() => setAsked(true)}>
        Delete
      </Button>
      <Dialog
        open={asked}
        onClose={() => setAsked(false)}
        title={`Delete “${document.title}”?`}
        description="Its text and its file are gone for good."
        actions={
          <>
            <Button onClick={() => setAsked(false)}>Keep it</Button>
            <Button variant="danger" busy={isPending} onClick={confirm}>
              Delete it
            </Button>
          </>
        }
      >
        {error && <Failure error={error} />}
      </Dialog>
    </>
  )
}
