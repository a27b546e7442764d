/** The fields of a document, new or not. */
import { Link } from 'react-router'
import * as v from 'valibot'
import type { Schemas } from '@/shared/api/api'
import { Checkbox, TextArea, TextField } from '@/shared/forms/fields'
import { Form } from '@/shared/forms/form'
import { useApiForm } from '@/shared/forms/use-api-form'
import { useUser } from '@/shared/session/session'
import styles from './document-form.module.css'
import type { Document } from './queries'

const schema = v.object({
  title: v.pipe(
    v.string(),
    v.trim(),
    v.nonEmpty('Give it a title.'),
    v.maxLength(200, 'The title is longer than 200 characters.'),
  ),
  body: v.string(),
  shared: v.boolean(),
})

interface Props {
  readonly document?: Document
  readonly submit: string
  readonly back: string
  readonly send: (values: Required<Schemas['DocumentRequest']>) => Promise<Document>
  readonly onSent: (document: Document) => void
}

export function DocumentForm({ document, submit, back, send, onSent }: Props) {
  const { title = '', body = '', shared = false } = document ?? {}
  const user = useUser()
  const form = useApiForm({
    schema,
    defaultValues: { title, body, shared },
    draft: `${user.id}-document-${document?.id ?? 'new'}`,
    send,
    onSent,
  })
  return (
    <div className={styles.card}>
      <Form
        of={form}
        submit={submit}
        aside={
          <Link to={back} onClick={form.draft.forget}>
            Cancel
          </Link>
        }
      >
        <TextField name="title" label="Title" />
        <TextArea name="body" label="Text" rows={12} />
        <Checkbox
          name="shared"
          label="Share it"
          description="Everybody who is signed in may read it, and nobody but you change it."
        />
      </Form>
    </div>
  )
}
