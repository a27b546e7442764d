import { act, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { away, health, json, page, problem, startBackend, type Answers } from '@/testing/backend'
import { renderApp } from '@/testing/render-app'

const HEALTH = '/api/v1/health/'
const unwell = { status: 'unhealthy', latencyMs: 2000, error: 'timeout after 2 s' }

async function open(answers: Answers = {}) {
  const backend = startBackend(answers)
  renderApp('/')
  await vi.waitFor(() =>
    expect(screen.getByRole('heading', { level: 1 })).not.toHaveTextContent('starting'),
  )
  return backend
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))

const part = (name: string) => {
  const list = screen.getByRole('list', { name: 'Parts of the stack' })
  return within(list)
    .getAllByRole('listitem')
    .find((item) => within(item).queryByText(name))
}

afterEach(() => {
  vi.useRealTimers()
  Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true })
})

describe('a healthy stack', () => {
  test('shows every part with its health and latency', async () => {
    await open()
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Harbour is running')
    expect(screen.getByText('All 6 services are healthy.')).toBeVisible()
    for (const name of ['Proxy', 'Frontend', 'Backend', 'Database', 'Cache', 'Worker']) {
      expect(part(name)).toHaveTextContent('healthy')
    }
    expect(part('Database')).toHaveTextContent('1.3 ms')
    expect(screen.queryByRole('list', { name: 'What to do' })).not.toBeInTheDocument()
  })

  test('without Celery has no worker', async () => {
    const { database, cache } = health.checks
    await open({ [HEALTH]: json({ status: 'healthy', checks: { database, cache } }) })
    expect(part('Cache')).toBeDefined()
    expect(part('Worker')).toBeUndefined()
    expect(screen.getByText('All 5 services are healthy.')).toBeVisible()
  })

  test.each([
    ['nobody answers /health', () => new Response('', { status: 404 })],
    ['/health is the application itself', page(200)],
  ])('on Vite’s own port, where %s, has no proxy', async (_, answer) => {
    await open({ '/health': answer })
    expect(part('Proxy')).toBeUndefined()
    expect(part('Frontend')).toHaveTextContent('healthy')
  })
})

describe('a stack that is unwell', () => {
  test('shows which part it is, why, and where to look', async () => {
    const checks = { ...health.checks, database: unwell }
    await open({ [HEALTH]: json({ status: 'unhealthy', checks }, 503) })
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Harbour needs attention')
    expect(screen.getByText('Database is down: timeout after 2 s.')).toHaveRole('status')
    expect(part('Database')).toHaveTextContent('unhealthy')
    expect(part('Database')).toHaveTextContent('2.0 s')
    expect(part('Backend')).toHaveAttribute('data-status', 'healthy')
    const hints = screen.getByRole('list', { name: 'What to do' })
    expect(within(hints).getByText('./docker-dev.sh logs db')).toBeVisible()
  })

  test.each([
    ['unreachable', away],
    ['unreachable', page(502)],
    ['unreachable', problem(504, { title: 'Gateway timeout' })],
    ['answered 429', problem(429, { title: 'Slow down' })],
    ['its answer is not understood', json({ status: 'fine' })],
  ])('with a backend that is %s does not guess at what is behind it', async (error, answer) => {
    await open({ [HEALTH]: answer })
    expect(part('Backend')).toHaveTextContent(error)
    expect(part('Database')).toHaveTextContent('not known')
    expect(part('Cache')).toHaveTextContent('not known')
  })

  test('with a proxy that fails says so', async () => {
    await open({ '/health': page(503), '/favicon.svg': away })
    // A page instead of nginx's own answer means that there is no nginx.
    expect(part('Proxy')).toBeUndefined()
    expect(part('Frontend')).toHaveTextContent('unreachable')
  })
})

describe('the watch over the stack', () => {
  test('follows what changes, keeps the worker’s place, and rests while nobody looks', async () => {
    vi.useFakeTimers()
    const backend = startBackend()
    renderApp('/')
    await pass(0)
    expect(part('Worker')).toHaveTextContent('healthy')

    backend.answers[HEALTH] = away
    await pass(4000)
    expect(part('Backend')).toHaveTextContent('unreachable')
    expect(part('Worker')).toHaveTextContent('not known')

    const asked = backend.asked(HEALTH)
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
    await pass(60_000)
    expect(backend.asked(HEALTH)).toBe(asked)

    backend.answers[HEALTH] = json(health)
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
    await pass(0)
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Harbour is running')
  })
})

describe('the rest of the page', () => {
  test('shows the configuration that was loaded, and the doors to the backend', async () => {
    await open()
    const config = screen.getByRole('region', { name: 'Runtime configuration' })
    expect(within(config).getByText('features.signup').nextSibling).toHaveTextContent('false')
    const tools = screen.getByRole('navigation', { name: 'Tools' })
    const hrefs = within(tools)
      .getAllByRole('link')
      .map((link) => link.getAttribute('href'))
    expect(hrefs).toEqual(['/api/v1/docs/', '/admin/', '/api/v1/schema/'])
  })

  test('copies a command', async () => {
    const user = userEvent.setup()
    await open()
    await user.click(screen.getByRole('button', { name: 'Copy ./docker-dev.sh superuser' }))
    expect(await navigator.clipboard.readText()).toBe('./docker-dev.sh superuser')
    expect(screen.getByText('Copied')).toHaveRole('status')
  })

  test('says so when the browser refuses the clipboard', async () => {
    const user = userEvent.setup()
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'))
    await open()
    await user.click(screen.getByRole('button', { name: 'Copy ./docker-dev.sh test' }))
    expect(screen.getByText(/^Not copied/)).toHaveRole('status')
  })
})
