import { act, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { RuntimeConfigGate } from '@/features/runtime-config/runtime-config-gate'
import { useRuntimeConfig } from '@/features/runtime-config/runtime-config-context'
import { waitBefore } from '@/features/runtime-config/use-config-loader'
import { away, config, json, page, startBackend } from '@/testing/backend'

const URL = '/api/v1/config/frontend/'

function Name() {
  return <p>This is {useRuntimeConfig().appName}</p>
}

const renderGate = () =>
  render(
    <RuntimeConfigGate>
      <Name />
    </RuntimeConfigGate>,
  )

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

    await pass(1000)
    expect(backend.asked(URL)).toBe(2)
    expect(screen.getByText('Next try in 2 s')).toBeVisible()

    backend.answers[URL] = json(config)
    await pass(2000)
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
    expect([1, 2, 3, 4, 5, 50].map(waitBefore)).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000])
  })
})
