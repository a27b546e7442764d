/** A mail is on its way: to which address, and how to have another. The same for addresses that nobody knows. */
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, type ReactNode } from 'react'
import { api, read } from '@/shared/api/api'
import { Button } from '@/shared/ui/button'
import { Failure } from '@/shared/ui/failure'
import { Page } from '@/shared/ui/page'
import styles from './accounts.module.css'

interface Props {
  readonly to: string
  readonly resend: '/api/v1/auth/verify-email/resend/' | '/api/v1/auth/password-reset/'
  readonly children: ReactNode
}

export function MailSent({ to, resend, children }: Props) {
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () => read(api.POST(resend, { body: { email: to } })),
  })
  const text = useRef<HTMLDivElement>(null)
  // It takes the place of the form, and of the button that had the focus.
  useEffect(() => text.current?.focus(), [])
  return (
    <Page narrow title="Look into your mailbox">
      <div ref={text} tabIndex={-1} className={styles.text}>
        <p>
          <strong>{to}</strong>
        </p>
        <p>{children}</p>
      </div>
      {error && <Failure error={error} />}
      <div className={styles.row}>
        <Button busy={isPending} onClick={() => mutate()}>
          Send it again
        </Button>
        <span role="status">{isSuccess && 'Sent once more.'}</span>
      </div>
    </Page>
  )
}
