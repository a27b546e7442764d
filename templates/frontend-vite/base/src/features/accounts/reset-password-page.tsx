/** Where the link in the mail leads. */
import { useState } from 'react'
import { Link } from 'react-router'
import * as v from 'valibot'
import { api, read } from '@/shared/api/api'
import { TextField } from '@/shared/forms/fields'
import { Form } from '@/shared/forms/form'
import { useApiForm } from '@/shared/forms/use-api-form'
import { ButtonLink } from '@/shared/ui/button'
import { Page } from '@/shared/ui/page'
import * as credentials from './credentials'
import { useMailedToken } from './use-mailed-token'

const schema = v.object({ newPassword: credentials.newPassword })

export function ResetPasswordPage() {
  const token = useMailedToken() ?? ''
  const [done, setDone] = useState(false)
  const form = useApiForm({
    schema,
    defaultValues: { newPassword: '' },
    send: ({ newPassword }) =>
      read(api.POST('/api/v1/auth/password-reset/confirm/', { body: { token, newPassword } })),
    onSent: () => setDone(true),
  })

  if (done) {
    return (
      <Page narrow title="Your password is changed">
        <p role="status">All sessions have ended. Sign in with the new password.</p>
        <div>
          <ButtonLink to="/sign-in" variant="primary">
            Sign in
          </ButtonLink>
        </div>
      </Page>
    )
  }
  return (
    <Page narrow title="Choose a new password">
      <Form
        of={form}
        submit="Change the password"
        aside={<Link to="/forgotten-password">Have a new link sent</Link>}
      >
        <TextField
          name="newPassword"
          label="New password"
          type="password"
          autoComplete="new-password"
        />
      </Form>
    </Page>
  )
}
