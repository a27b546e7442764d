import { useNavigate } from 'react-router'
import { Page } from '@/shared/ui/page'
import { notify } from '@/shared/ui/toast'
import { DocumentForm } from './document-form'
import { changeDocument, useKeep, type Document } from './queries'
import { WithDocument } from './with-document'

export function EditPage() {
  return <WithDocument>{(document) => <Editor document={document} />}</WithDocument>
}

function Editor({ document }: { readonly document: Document }) {
  const navigate = useNavigate()
  const keep = useKeep()
  const address = `/documents/${document.id}`
  return (
    <Page title="Edit document" back={{ to: address, text: document.title }}>
      <DocumentForm
        document={document}
        submit="Save"
        back={address}
        send={(values) => changeDocument(document.id, values)}
        onSent={(changed) => {
          void keep(changed)
          notify('Document saved')
          void navigate(address, { replace: true })
        }}
      />
    </Page>
  )
}
