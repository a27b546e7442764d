import { useQueryClient } from '@tanstack/react-query'
import * as v from 'valibot'
import { api, read } from '@/shared/api/api'
import { TextField } from '@/shared/forms/fields'
import { Form } from '@/shared/forms/form'
import { useApiForm } from '@/shared/forms/use-api-form'
import { notify } from '@/shared/ui/toast'
import styles from './accounts.module.css'
import * as credentials from './credentials'
import { sessionsKey } from './sessions'

const schema = v.object({
  currentPassword: credentials.password,
  newPassword: credentials.newPassword,
})

export function PasswordForm() {
  const client = useQueryClient()
  const form = useApiForm({
    schema,
    defaultValues: { currentPassword: '', newPassword: '' },
    send: (body) => read(api.POST('/api/v1/auth/password-change/', { body })),
    onSent: (_, { reset }) => {
      reset()
      notify('Your password is changed', { description: 'Your other sessions have ended.' })
      void client.invalidateQueries({ queryKey: sessionsKey })
    },
  })
  return (
    <Form of={form} submit="Change the password">
      <div className={styles.pair}>
        <TextField
          name="currentPassword"
          label="Current password"
          type="password"
          autoComplete="current-password"
        />
        <TextField
          name="newPassword"
          label="New password"
          type="password"
          autoComplete="new-password"
        />
      </div>
    </Form>
  )
}
