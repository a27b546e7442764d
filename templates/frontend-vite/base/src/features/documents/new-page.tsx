import { useNavigate } from 'react-router'
import { Page } from '@/shared/ui/page'
import { notify } from '@/shared/ui/toast'
import { DocumentForm } from './document-form'
import { createDocument, useKeep } from './queries'

export function NewPage() {
  const navigate = useNavigate()
  const keep = useKeep()
  return (
    <Page title="New document" back={{ to: '/documents', text: 'All documents' }}>
      <DocumentForm
        submit="Create"
        back="/documents"
        send={createDocument}
        onSent={(document) => {
          void keep(document)
          notify('Document created')
          // In place of the form: going back leads to the list, not to a form that was sent.
          void navigate(`/documents/${document.id}`, { replace: true })
        }}
      />
    </Page>
  )
}
