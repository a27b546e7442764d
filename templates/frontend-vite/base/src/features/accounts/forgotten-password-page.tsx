import { useState } from 'react'
import { Link } from 'react-router'
import { Page } from '@/shared/ui/page'
import { AddressForm } from './address-form'
import { MailSent } from './mail-sent'

const RESET = '/api/v1/auth/password-reset/'

export function ForgottenPasswordPage() {
  const [sentTo, setSentTo] = useState<string>()
  if (sentTo) {
    return (
      <MailSent to={sentTo} resend={RESET}>
        If there is an account with this address, we have sent it a link to choose a new password.
      </MailSent>
    )
  }
  return (
    <Page
      narrow
      title="Forgotten your password?"
      lead="We send you a link with which you choose a new one."
    >
      <AddressForm to={RESET} submit="Send the link" onSent={setSentTo} />
      <p>
        <Link to="/sign-in">Back to signing in</Link>
      </p>
    </Page>
  )
}
