/** What features/feature.ts lets a feature add, whichever of the real ones are there. */
import { act, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { Feature, HealthSource } from '@/features/feature'
import { Page } from '@/shared/ui/page'
import { startBackend } from '@/testing/backend'
import { signedIn } from '@/testing/people'
import { renderApp } from '@/testing/render-app'

type Listener = Parameters<HealthSource['listen']>[0]

const listeners = vi.hoisted(() => new Set<Listener>())
const tell = (say: (listener: Listener) => void) => act(() => listeners.forEach(say))

vi.mock('@/features', async (original) => {
  const { features } = await original<{ readonly features: readonly Feature[] }>()
  const shelves: Feature = {
    routes: [{ path: 'shelves', Component: Shelves }],
    links: [{ to: '/shelves', text: 'Shelves' }],
    nextSteps: [{ title: 'Fill the shelves', text: 'With what you sell.' }],
    healthSource: {
      listen: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
  }
  const silent: Feature = {}
  return { features: [shelves, silent, ...features] }
})

function Shelves() {
  return (
    <Page title="Shelves" back={{ to: '/', text: 'Start' }} actions={<button>Add one</button>}>
      None yet.
    </Page>
  )
}

test('a page, and a link to it for whoever is signed in', async () => {
  startBackend(signedIn)
  renderApp('/')
  const pages = within(await screen.findByRole('navigation', { name: 'Pages' }))
  await userEvent.click(pages.getByRole('link', { name: 'Shelves' }))
  expect(await screen.findByRole('heading', { level: 1, name: 'Shelves' })).toBeVisible()
  expect(screen.getByRole('button', { name: 'Add one' })).toBeVisible()
  await userEvent.click(screen.getByRole('link', { name: 'Start' }))
  expect(await screen.findByRole('region', { name: 'Next' })).toBeVisible()
})

test('a step among those that are next', async () => {
  startBackend()
  renderApp('/')
  const next = within(await screen.findByRole('region', { name: 'Next' }))
  expect(next.getByRole('heading', { name: 'Fill the shelves' })).toBeVisible()
  expect(next.getByText('With what you sell.')).toBeVisible()
})

test('reports of the stack’s health, which take the place of asking', async () => {
  startBackend()
  const { unmount } = renderApp('/')
  expect(await screen.findByText(/^Updated/)).toBeVisible()
  tell(({ onLive }) => onLive(true))
  expect(screen.getByText('Live')).toBeVisible()

  const cache = { status: 'unhealthy', latencyMs: 3, error: 'full' } as const
  tell(({ onReport }) => onReport({ status: 'unhealthy', checks: { cache } }))
  const parts = within(screen.getByRole('list', { name: 'Parts of the stack' }))
  expect(await parts.findByText('full')).toBeVisible()

  unmount()
  expect(listeners.size).toBe(0)
})
