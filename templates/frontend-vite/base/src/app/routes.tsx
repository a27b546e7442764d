/** Every address of the application. To add a page: its component in a feature's folder, a line here. */
import type { RouteObject } from 'react-router'
import { features } from '@/features'
import { OnboardingPage } from '@/features/onboarding/onboarding-page'
import { ErrorPage } from './error-page'
import { HomePage } from './home-page'
import { NotFoundPage } from './not-found-page'
import { RootLayout } from './root-layout'

const pages: RouteObject[] = [
  // What the first page shows is for those who build: a production build does not contain it.
  { index: true, Component: import.meta.env.DEV ? OnboardingPage : HomePage },
  ...features.flatMap((feature) => feature.routes ?? []),
  { path: '*', Component: NotFoundPage },
]

export const routes: RouteObject[] = [
  {
    Component: RootLayout,
    ErrorBoundary: ErrorPage,
    // Each page has a boundary of its own, so that one that fails keeps the header above it.
    children: pages.map((page) => ({ ErrorBoundary: ErrorPage, HydrateFallback: Blank, ...page })),
  },
]

/** Under the header, while the code of the page that was opened first is on its way. */
function Blank() {
  return null
}
