/** The session is over while a page is open: asks for the password over it, so that nothing typed there is lost. */
import * as v from 'valibot'
import { api, read } from '@/shared/api/api'
import { TextField } from '@/shared/forms/fields'
import { Form } from '@/shared/forms/form'
import { useApiForm } from '@/shared/forms/use-api-form'
import { useSessionChange, type User } from '@/shared/session/session'
import { Button } from '@/shared/ui/button'
import { Dialog } from '@/shared/ui/dialog'
import * as credentials from './credentials'

const schema = v.object({ password: credentials.password })

export function SessionDialog({ user }: { readonly user: User }) {
  const { signedIn, signedOut } = useSessionChange()
  const form = useApiForm({
    schema,
    defaultValues: { password: '' },
    // The address is not asked for: what is open belongs to this user, and to no other.
    send: ({ password }) =>
      read(api.POST('/api/v1/auth/login/', { body: { email: user.email, password } })),
    onSent: signedIn,
  })
  return (
    <Dialog
      open
      // Not by a slip: what is typed behind it would go.
      onClose={() => undefined}
      title="Your session has ended"
      description={`Sign in again as ${user.email} to go on where you are. What you have typed is kept.`}
      actions={null}
    >
      <Form
        of={form}
        submit="Sign in"
        aside={
          <Button variant="quiet" onClick={signedOut}>
            Leave it
          </Button>
        }
      >
        <TextField
          name="password"
          label="Password"
          type="password"
          autoComplete="current-password"
        />
      </Form>
    </Dialog>
  )
}
