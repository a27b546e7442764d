/** Where the link in the mail leads. Pressed rather than done at once: programs that look through mail open links too. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, read } from '@/shared/api/api'
import { ApiError } from '@/shared/api/errors'
import { Button, ButtonLink } from '@/shared/ui/button'
import { Failure } from '@/shared/ui/failure'
import { Page } from '@/shared/ui/page'
import { AddressForm } from './address-form'
import { MailSent } from './mail-sent'
import { useMailedToken } from './use-mailed-token'

const RESEND = '/api/v1/auth/verify-email/resend/'

export function VerifyEmailPage() {
  const token = useMailedToken()
  const [sentTo, setSentTo] = useState<string>()
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (value: string) =>
      read(api.POST('/api/v1/auth/verify-email/', { body: { token: value } })),
  })

  if (sentTo) {
    return (
      <MailSent to={sentTo} resend={RESEND}>
        If an account waits for it, we have sent it a new link.
      </MailSent>
    )
  }
  if (isSuccess) {
    return (
      <Page narrow title="Your address is confirmed">
        <p role="status">You can sign in now.</p>
        <div>
          <ButtonLink to="/sign-in" variant="primary">
            Sign in
          </ButtonLink>
        </div>
      </Page>
    )
  }
  const refused = error instanceof ApiError && error.status === 400
  if (!token || refused) {
    return (
      <Page narrow title="Confirm your address">
        {refused && <Failure error={error} text={error.fieldErrors['token']} />}
        <p>Links are good for one time and some hours. You can have a new one:</p>
        <AddressForm to={RESEND} submit="Send a new link" onSent={setSentTo} />
      </Page>
    )
  }
  return (
    <Page narrow title="Confirm your address" lead="One press, and you can sign in.">
      {error && <Failure error={error} />}
      <div>
        <Button variant="primary" busy={isPending} onClick={() => mutate(token)}>
          Confirm
        </Button>
      </div>
      <p>
        <Link to="/sign-in">Back to signing in</Link>
      </p>
    </Page>
  )
}
