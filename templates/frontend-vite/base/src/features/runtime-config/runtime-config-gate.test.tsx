import { QueryClientProvider } from '@tanstack/react-query'
import { act, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createQueryClient } from '@/shared/api/query-client'
import { RuntimeConfigGate, waitAfter } from './runtime-config-gate'
import { useRuntimeConfig } from './runtime-config-context'
import type { RuntimeConfig } from '@/shared/api/types'
import { away, config, hangs, json, page, problem, startBackend } from '@/testing/backend'

const URL = '/api/v1/config/frontend/'

function Name() {
  return <p>This is {useRuntimeConfig().appName}</p>
}

const renderGate = () =>
  render(
    <QueryClientProvider client={createQueryClient()}>
      <RuntimeConfigGate>
        <Name />
      </RuntimeConfigGate>
    </QueryClientProvider>,
  )

// Has a type: what is not in it does not compile.
// @ts-expect-error: mistyped
export type Mistyped = RuntimeConfig['appNmae']
// @ts-expect-error: mistyped
export type MistypedFeature = RuntimeConfig['features']['maintenence']

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the runtime configuration', () => {
  test('is there at the first render of the application', async () => {
    startBackend()
    const { container } = renderGate()
    expect(container).toBeEmptyDOMElement()
    await pass(0)
    expect(screen.getByText('This is Harbour')).toBeVisible()
  })

  test('may hold more than this frontend knows', async () => {
    startBackend({ [URL]: json({ ...config, later: { added: 1 } }) })
    renderGate()
    await pass(0)
    expect(screen.getByText('This is Harbour')).toBeVisible()
  })

  test.each([
    ['of another schema version', { ...config, schemaVersion: 2 }, 'schemaVersion'],
    ['with a feature that is no switch', { ...config, features: { a: 'yes' } }, 'features.a'],
    ['without links', { ...config, links: undefined }, 'links'],
    ['without a name', { ...config, appName: '' }, 'appName'],
  ])('%s is refused, and the place is named', async (_, body, place) => {
    startBackend({ [URL]: json(body) })
    renderGate()
    await pass(0)
    expect(screen.getByRole('heading')).toHaveTextContent('The backend speaks another version')
    expect(screen.getByText(new RegExp(`${place}: `))).toBeVisible()
    expect(screen.queryByText(/This is/)).not.toBeInTheDocument()
  })

  test('that says maintenance holds the application back, and says whom to ask', async () => {
    const features = { maintenance: true }
    const said = json({ ...config, features, supportEmail: 'help@harbour.test' })
    const backend = startBackend({ [URL]: said })
    renderGate()
    await pass(0)
    expect(screen.getByRole('heading')).toHaveTextContent('Back in a moment')
    const mail = screen.getByRole('link', { name: 'help@harbour.test' })
    expect(mail).toHaveAttribute('href', 'mailto:help@harbour.test')
    expect(screen.queryByText(/This is Harbour/)).not.toBeInTheDocument()

    backend.answers[URL] = json(config)
    await pass(30_010)
    expect(screen.getByText('This is Harbour')).toBeVisible()
    await pass(120_000)
    expect(backend.asked(URL)).toBe(2)
  })

  test('cannot be read outside the gate', () => {
    vi.spyOn(console, 'error').mockReturnValue()
    expect(() => render(<Name />)).toThrow('outside <RuntimeConfigGate>')
  })
})

describe('a backend that is away', () => {
  test.each([
    ['unreachable', away],
    ['behind a proxy that says 502', page(502)],
  ])('and is %s is waited for, then the application goes on', async (_, answer) => {
    const backend = startBackend({ [URL]: answer })
    renderGate()
    await pass(0)
    expect(screen.getByRole('heading')).toHaveTextContent('Waiting for the backend')
    expect(screen.getByText('Next try in 1 s')).toBeVisible()

    await pass(1010)
    expect(backend.asked(URL)).toBe(2)
    // While the next attempt runs, the screen keeps saying why the last one failed.
    expect(
      screen.getByText(/^\/api\/v1\/config\/frontend\/ (is not reachable|answered 502)$/),
    ).toBeVisible()
    expect(screen.getByText('Next try in 2 s')).toBeVisible()

    backend.answers[URL] = json(config)
    await pass(2010)
    expect(screen.getByText('This is Harbour')).toBeVisible()
  })

  test('and says nothing shows that it is asked, but not at once', async () => {
    startBackend({ [URL]: hangs })
    const { container } = renderGate()
    await pass(399)
    expect(container).toBeEmptyDOMElement()
    await pass(1)
    expect(screen.getByRole('heading')).toHaveTextContent('Waiting for the backend')
    expect(screen.getByText('Trying…')).toBeVisible()
  })

  test.each([
    [
      'refuses the address',
      problem(400, { title: 'Bad request' }),
      'The backend refuses this address',
    ],
    ['fails', problem(500, { title: 'Broken' }), 'The backend failed'],
    ['limits', problem(429, { title: 'Slow down' }), 'The backend failed'],
  ])('that %s is not called one that is starting', async (_, answer, title) => {
    startBackend({ [URL]: answer })
    renderGate()
    await pass(0)
    expect(screen.getByRole('heading')).toHaveTextContent(title)
  })

  test('stops at an error in its code: the file, the line and the error are shown until it is mended', async () => {
    const crash = {
      exception: 'NameError: name "urlpattern" is not defined',
      frame: 'config/urls.py:12',
    }
    const backend = startBackend({ [URL]: problem(503, { title: 'Service Unavailable', crash }) })
    renderGate()
    await pass(0)
    expect(screen.getByRole('heading')).toHaveTextContent('The backend does not start')
    expect(screen.getByText('backend/config/urls.py:12')).toBeVisible()
    expect(screen.getByText(crash.exception)).toBeVisible()

    // However long it takes to mend, it is seen within a second.
    await pass(60_000)
    backend.answers[URL] = json(config)
    await pass(1010)
    expect(screen.getByText('This is Harbour')).toBeVisible()
  })

  test('is asked at once on request', async () => {
    const backend = startBackend({ [URL]: away })
    renderGate()
    await pass(0)
    backend.answers[URL] = json(config)
    screen.getByRole('button', { name: 'Try again' }).click()
    await pass(0)
    expect(screen.getByText('This is Harbour')).toBeVisible()
  })

  test('is asked at once when the network is back', async () => {
    const backend = startBackend({ [URL]: away })
    renderGate()
    await pass(0)
    backend.answers[URL] = json(config)
    window.dispatchEvent(new Event('offline'))
    window.dispatchEvent(new Event('online'))
    await pass(0)
    expect(screen.getByText('This is Harbour')).toBeVisible()
  })

  test('is left alone once the page is gone', async () => {
    const backend = startBackend({ [URL]: away })
    const { unmount } = renderGate()
    await pass(0)
    unmount()
    await pass(60_000)
    expect(backend.asked(URL)).toBe(1)
  })

  test('is asked less and less often, but never given up', () => {
    expect([1, 2, 3, 4, 5, 50].map(waitAfter)).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000])
  })
})
