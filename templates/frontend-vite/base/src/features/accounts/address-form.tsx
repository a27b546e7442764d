/** Asks for an address to which a mail goes. */
import * as v from 'valibot'
import { api, read } from '@/shared/api/api'
import { TextField } from '@/shared/forms/fields'
import { Form } from '@/shared/forms/form'
import { useApiForm } from '@/shared/forms/use-api-form'
import * as credentials from './credentials'

interface Props {
  readonly to: '/api/v1/auth/verify-email/resend/' | '/api/v1/auth/password-reset/'
  readonly submit: string
  readonly onSent: (email: string) => void
}

const schema = v.object({ email: credentials.email })

export function AddressForm({ to, submit, onSent }: Props) {
  const form = useApiForm({
    schema,
    defaultValues: { email: '' },
    draft: to,
    send: async (body) => {
      await read(api.POST(to, { body }))
      return body.email
    },
    onSent,
  })
  return (
    <Form of={form} submit={submit}>
      <TextField name="email" label="E-mail address" type="email" autoComplete="username" />
    </Form>
  )
}
