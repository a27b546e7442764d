import * as v from 'valibot'
import { api, read } from '@/shared/api/api'
import { TextField } from '@/shared/forms/fields'
import { Form } from '@/shared/forms/form'
import { useApiForm } from '@/shared/forms/use-api-form'
import { useSessionChange, type User } from '@/shared/session/session'
import { notify } from '@/shared/ui/toast'
import styles from './accounts.module.css'

const schema = v.object({ firstName: v.string(), lastName: v.string() })

export function ProfileForm({ user }: { readonly user: User }) {
  const { changed } = useSessionChange()
  const form = useApiForm({
    schema,
    defaultValues: { firstName: user.firstName ?? '', lastName: user.lastName ?? '' },
    draft: `${user.id}-profile`,
    send: (body) => read(api.PATCH('/api/v1/users/me/', { body })),
    onSent: (answer) => {
      changed(answer)
      notify('Your name is saved')
    },
  })
  return (
    <Form of={form} submit="Save">
      <div className={styles.pair}>
        <TextField name="firstName" label="First name" autoComplete="given-name" />
        <TextField name="lastName" label="Last name" autoComplete="family-name" />
      </div>
    </Form>
  )
}
