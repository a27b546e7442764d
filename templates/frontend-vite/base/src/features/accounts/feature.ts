/** Accounts: signing in, up and out, passwords, and the page on which a user sees to his own. */
import { SignedIn } from '@/shared/session/signed-in'
import type { Feature } from '../feature'
import { AccountMenu } from './account-menu'

// Each page is a file of its own, which a browser loads when it is opened.
export const accounts: Feature = {
  HeaderEnd: AccountMenu,
  routes: [
    {
      path: 'sign-in',
      lazy: async () => ({ Component: (await import('./sign-in-page')).SignInPage }),
    },
    {
      path: 'sign-up',
      lazy: async () => ({ Component: (await import('./sign-up-page')).SignUpPage }),
    },
    {
      path: 'verify-email',
      lazy: async () => ({ Component: (await import('./verify-email-page')).VerifyEmailPage }),
    },
    {
      path: 'forgotten-password',
      lazy: async () => ({
        Component: (await import('./forgotten-password-page')).ForgottenPasswordPage,
      }),
    },
    {
      path: 'reset-password',
      lazy: async () => ({ Component: (await import('./reset-password-page')).ResetPasswordPage }),
    },
    {
      Component: SignedIn,
      children: [
        {
          path: 'account',
          lazy: async () => ({ Component: (await import('./account-page')).AccountPage }),
        },
      ],
    },
  ],
}
