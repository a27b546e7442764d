/** Every address of the application. To add a page: its component in a feature's folder, a line here. */
import type { RouteObject } from 'react-router'
import { features } from '@/features'
import { OnboardingPage } from '@/features/onboarding/onboarding-page'
import { ErrorPage } from './error-page'
import { NotFoundPage } from './not-found-page'
import { RootLayout } from './root-layout'

const pages: RouteObject[] = [
  { index: true, Component: OnboardingPage },
  ...features.flatMap((feature) => feature.routes ?? []),
  { path: '*', Component: NotFoundPage },
]

export const routes: RouteObject[] = [
  {
    Component: RootLayout,
    ErrorBoundary: ErrorPage,
    // Each page has a boundary of its own, so that one that fails keeps the header above it.
    children: pages.map((page) => ({ ErrorBoundary: ErrorPage, ...page })),
  },
]
