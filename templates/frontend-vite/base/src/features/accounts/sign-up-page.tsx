import { useState } from 'react'
import { Link } from 'react-router'
import * as v from 'valibot'
import { useRuntimeConfig } from '@/features/runtime-config/runtime-config-context'
import { api, read } from '@/shared/api/api'
import { TextField } from '@/shared/forms/fields'
import { Form } from '@/shared/forms/form'
import { useApiForm } from '@/shared/forms/use-api-form'
import { Page } from '@/shared/ui/page'
import styles from './accounts.module.css'
import * as credentials from './credentials'
import { MailSent } from './mail-sent'

const schema = v.object({
  firstName: v.string(),
  lastName: v.string(),
  email: credentials.email,
  password: credentials.newPassword,
})

export function SignUpPage() {
  const { features } = useRuntimeConfig()
  const [sentTo, setSentTo] = useState<string>()
  const form = useApiForm({
    schema,
    defaultValues: { firstName: '', lastName: '', email: '', password: '' },
    draft: 'sign-up',
    send: async (body) => {
      await read(api.POST('/api/v1/auth/sign-up/', { body }))
      return body.email
    },
    onSent: setSentTo,
  })

  if (!features.signUp) {
    return (
      <Page narrow title="Nobody can sign up here">
        <p>
          Accounts are given by those who run this application. If you have one,{' '}
          <Link to="/sign-in">sign in</Link>.
        </p>
      </Page>
    )
  }
  if (sentTo) {
    return (
      <MailSent to={sentTo} resend="/api/v1/auth/verify-email/resend/">
        We have sent it a link. Open it to confirm the address; then you can sign in.
      </MailSent>
    )
  }
  return (
    <Page
      narrow
      title="Create an account"
      lead={
        <>
          Have one already? <Link to="/sign-in">Sign in</Link>
        </>
      }
    >
      <Form of={form} submit="Create the account">
        <div className={styles.pair}>
          <TextField name="firstName" label="First name (optional)" autoComplete="given-name" />
          <TextField name="lastName" label="Last name (optional)" autoComplete="family-name" />
        </div>
        <TextField name="email" label="E-mail address" type="email" autoComplete="username" />
        <TextField name="password" label="Password" type="password" autoComplete="new-password" />
      </Form>
    </Page>
  )
}
