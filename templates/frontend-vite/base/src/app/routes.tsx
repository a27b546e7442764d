/** Every address of the application. To add a page: a folder in src/pages, a line here. */
import type { RouteObject } from 'react-router'
import { NotFoundPage } from '@/pages/not-found/not-found-page'
import { OnboardingPage } from '@/pages/onboarding/onboarding-page'
import { ErrorPage } from './error-page'
import { RootLayout } from './root-layout'

export const routes: RouteObject[] = [
  {
    Component: RootLayout,
    ErrorBoundary: ErrorPage,
    children: [
      {
        // Without a path of its own, so that a page that fails keeps the header above it.
        ErrorBoundary: ErrorPage,
        children: [
          { index: true, Component: OnboardingPage },
          { path: '*', Component: NotFoundPage },
        ],
      },
    ],
  },
]
