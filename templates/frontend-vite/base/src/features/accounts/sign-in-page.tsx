import { Link, Navigate, useSearchParams } from 'react-router'
import * as v from 'valibot'
import { useRuntimeConfig } from '@/features/runtime-config/runtime-config-context'
import { api, read } from '@/shared/api/api'
import { TextField } from '@/shared/forms/fields'
import { Form } from '@/shared/forms/form'
import { useApiForm } from '@/shared/forms/use-api-form'
import { returnAddress } from '@/shared/session/return-address'
import { useSession, useSessionChange } from '@/shared/session/session'
import { Page } from '@/shared/ui/page'
import * as credentials from './credentials'

const schema = v.object({ email: credentials.email, password: credentials.password })

export function SignInPage() {
  const { features } = useRuntimeConfig()
  const [params] = useSearchParams()
  const { user } = useSession()
  const { signedIn } = useSessionChange()
  const form = useApiForm({
    schema,
    defaultValues: { email: '', password: '' },
    draft: 'sign-in',
    send: (body) => read(api.POST('/api/v1/auth/login/', { body })),
    onSent: signedIn,
  })

  // Also for whoever comes here signed in, or has signed in in another tab.
  if (user) return <Navigate replace to={returnAddress(params.get('next'))} />
  return (
    <Page
      narrow
      title="Sign in"
      lead={
        features.signUp && (
          <>
            New here? <Link to="/sign-up">Create an account</Link>
          </>
        )
      }
    >
      <Form
        of={form}
        submit="Sign in"
        aside={<Link to="/forgotten-password">Forgotten your password?</Link>}
      >
        <TextField name="email" label="E-mail address" type="email" autoComplete="username" />
        <TextField
          name="password"
          label="Password"
          type="password"
          autoComplete="current-password"
        />
      </Form>
    </Page>
  )
}
