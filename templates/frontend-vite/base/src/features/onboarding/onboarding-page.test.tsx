import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  away,
  config,
  development,
  hangs,
  health,
  json,
  page,
  problem,
  startBackend,
  type Answers,
} from '@/testing/backend'
import { renderApp } from '@/testing/render-app'

// Vite's own, which a test cannot make speak.
const hot = vi.hoisted(() => new Map<string, (payload: unknown) => void>())
vi.mock('@/shared/hot-reload', () => ({
  onHotReload: (event: string, listener: (payload: unknown) => void) => {
    hot.set(event, listener)
    return () => hot.delete(event)
  },
}))
const tell = (event: string, payload: unknown = {}) => act(() => hot.get(event)?.(payload))
const saved = (path: string) => tell('vite:afterUpdate', { updates: [{ path }] })

const HEALTH = '/api/v1/health/'
const crash = { exception: 'KeyError: price', frame: 'apps/shop/views.py:7 in get' }
const unwell = { status: 'unhealthy', latencyMs: 2000, error: 'timeout after 2 s' }

async function open(answers: Answers = {}) {
  const backend = startBackend(answers)
  renderApp('/')
  await waitFor(() =>
    expect(main()).toHaveAttribute('data-verdict', expect.not.stringMatching('checking')),
  )
  return backend
}

const main = () => screen.getByRole('main')
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))

const part = (name: string) => {
  const list = screen.getByRole('list', { name: 'Parts of the stack' })
  return within(list)
    .getAllByRole('listitem')
    .find((item) => within(item).queryByText(name))
}

const done = () => screen.queryAllByRole('heading', { level: 3, name: /\(done\)$/ })

function show(visibility: 'visible' | 'hidden') {
  Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true })
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
}

afterEach(() => {
  vi.useRealTimers()
  cleanup() // first: a page that is seen again asks again
  show('visible')
  localStorage.clear()
})

describe('a healthy stack', () => {
  test('shows every part with its health and latency', async () => {
    await open()
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Harbour is running')
    expect(screen.getByText('All 5 services are healthy.')).toBeVisible()
    for (const name of ['Proxy', 'Frontend', 'Backend', 'Database', 'Cache']) {
      expect(part(name)).toHaveTextContent('healthy')
    }
    expect(part('Database')).toHaveTextContent('1.3 ms')
    // What the lines say to the eye.
    expect(part('Database')).toHaveTextContent('behind Backend')
    expect(screen.queryByRole('list', { name: 'What to do' })).not.toBeInTheDocument()
  })

  test('on Vite’s own port has no proxy, and asks for nothing that is not there', async () => {
    const backend = await open({ '/': page(200) })
    expect(part('Proxy')).toBeUndefined()
    expect(part('Frontend')).toHaveTextContent('healthy')
    expect(backend.asked('/health')).toBe(0)
  })

  test('is not said to be starting while it is asked', async () => {
    startBackend({ [HEALTH]: hangs })
    renderApp('/')
    expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent(/^Harbour$/)
    // What is behind the backend has its place before the first answer.
    expect(part('Database')).toHaveTextContent('being checked')
    // What has answered is shown without waiting for what has not.
    await waitFor(() => expect(part('Frontend')).toHaveAttribute('data-status', 'healthy'))
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
    expect(
      within(hints).getByRole('button', { name: 'Copy ./docker-dev.sh logs db' }),
    ).toBeVisible()
  })

  test('says so also where a check does not say why', async () => {
    const checks = { ...health.checks, database: { status: 'unhealthy', latencyMs: null } }
    await open({ [HEALTH]: json({ status: 'unhealthy', checks }, 503) })
    expect(screen.getByText('Database is down.')).toHaveRole('status')
    const hints = screen.getByRole('list', { name: 'What to do' })
    expect(hints).toHaveTextContent('Database is not healthy. Its log says why')
  })

  test('shows a check that no feature has declared', async () => {
    const checks = { ...health.checks, 'mail-server': { ...unwell, error: 'refused' } }
    await open({ [HEALTH]: json({ status: 'unhealthy', checks }, 503) })
    expect(part('Mail server')).toHaveTextContent('refused')
    expect(screen.getByText('Mail server is down: refused.')).toHaveRole('status')
  })

  test('is unwell when the backend says so, also where every check is well', async () => {
    await open({ [HEALTH]: json({ ...health, status: 'unhealthy' }, 503) })
    expect(part('Backend')).toHaveTextContent('says that it is unhealthy')
    expect(main()).toHaveAttribute('data-verdict', 'unhealthy')
  })

  test.each([
    ['unreachable', away],
    ['unreachable', page(502)],
    ['unreachable', page(500)],
    ['unreachable', problem(504, { title: 'Gateway timeout' })],
    ['stopped at an error in its code', problem(500, { title: 'Broken', crash })],
    ['answered 429', problem(429, { title: 'Slow down' })],
    ['its answer is not understood', json({ status: 'fine' })],
  ])('with a backend that is %s does not guess at what is behind it', async (error, answer) => {
    await open({ [HEALTH]: answer })
    expect(part('Backend')).toHaveTextContent(error)
    expect(part('Database')).toHaveTextContent('not known')
    expect(part('Cache')).toHaveTextContent('needs Backend')
  })

  test('with a frontend that is away says so', async () => {
    const headers = { 'X-Request-ID': '1' }
    await open({ '/': () => new Response('', { status: 502, headers }) })
    await waitFor(() => expect(part('Proxy')).toHaveAttribute('data-status', 'healthy'))
    expect(part('Frontend')).toHaveTextContent('unreachable')
  })

  test('with a frontend that hangs does not blame the proxy', async () => {
    vi.useFakeTimers()
    // The time that a request may take is not measured by the clock that a test turns.
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      const late = new AbortController()
      setTimeout(() => late.abort(new DOMException('timed out', 'TimeoutError')), ms)
      return late.signal
    })
    const backend = startBackend()
    renderApp('/')
    await pass(50)
    backend.answers['/'] = hangs
    await pass(35_000)
    expect(part('Proxy')).toHaveAttribute('data-status', 'healthy')
    expect(screen.getByText('Frontend is down: unreachable.')).toHaveRole('status')

    // The proxy is asked soon after, and where it does not answer either, it is to blame.
    backend.answers['/health'] = away
    await pass(4000)
    expect(screen.getByText('Proxy is down: unreachable.')).toHaveRole('status')
    expect(part('Frontend')).toHaveTextContent('needs Proxy')
  })

  test('with nobody who answers blames the first on the way, and only that', async () => {
    await open({ '/': away, '/health': away, [HEALTH]: away })
    expect(screen.getByText('Proxy is down: unreachable.')).toHaveRole('status')
    expect(part('Frontend')).toHaveTextContent('needs Proxy')
    expect(part('Backend')).toHaveTextContent('needs Proxy')
    const hints = screen.getByRole('list', { name: 'What to do' })
    expect(within(hints).getAllByRole('listitem')).toHaveLength(1)
  })
})

describe('the watch over the stack', () => {
  test('follows what changes, keeps each part’s place, and rests while nobody looks', async () => {
    vi.useFakeTimers()
    const backend = startBackend()
    renderApp('/')
    await pass(50)
    expect(part('Cache')).toHaveTextContent('healthy')

    backend.answers[HEALTH] = away
    await pass(5000)
    expect(part('Backend')).toHaveTextContent('unreachable')
    expect(part('Cache')).toHaveTextContent('not known')

    show('hidden')
    const asked = backend.asked(HEALTH)
    await pass(120_000)
    expect(backend.asked(HEALTH)).toBe(asked)

    // What was known before is no longer shown as true.
    backend.answers[HEALTH] = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1000))
      return json(health)()
    }
    show('visible')
    await pass(10)
    expect(part('Cache')).toHaveTextContent('being checked')
    await pass(1100)
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Harbour is running')
  })

  test('asks the frontend at once when hot reload has lost it', async () => {
    const backend = await open()
    const asked = backend.asked('/')
    tell('vite:ws:disconnect')
    await waitFor(() => expect(backend.asked('/')).toBe(asked + 1))
  })

  test('says how old its news is', async () => {
    vi.useFakeTimers()
    const backend = startBackend()
    renderApp('/')
    await pass(50)
    expect(screen.getByText('Updated just now')).toBeVisible()
    backend.answers[HEALTH] = hangs
    await pass(8000)
    expect(screen.getByText(/^Updated [3-8] s ago$/)).toBeVisible()
  })

  test('writes few lines into the logs of a proxy', async () => {
    vi.useFakeTimers()
    const backend = startBackend()
    renderApp('/')
    await pass(60_000)
    expect(backend.requests.length).toBeLessThan(22)
  })
})

describe('what only a stack of development tells', () => {
  const DEVELOPMENT = '/api/v1/development/'

  test('is what has been done already', async () => {
    const backend = await open()
    expect(done()).toEqual([])
    backend.answers[DEVELOPMENT] = json({ ...development, hasSuperuser: true, hasRunTests: true })
    // Somebody comes back from a terminal.
    show('hidden')
    show('visible')
    await waitFor(() => expect(done()).toHaveLength(2))
    expect(done()[0]).toHaveTextContent('Create your account (done)')
  })

  test('is that this browser has seen the page being edited', async () => {
    localStorage.setItem('edited:src/features/onboarding/onboarding-page.tsx', '')
    await open()
    expect(done()).toHaveLength(1)
    expect(done()[0]).toHaveTextContent('Make this page yours (done)')
  })

  test('is the first save of its file that hot reload brings, and no other', async () => {
    await open()
    saved('/src/features/onboarding/doors.tsx')
    expect(done()).toEqual([])
    saved('/src/features/onboarding/onboarding-page.tsx')
    expect(done()[0]).toHaveTextContent('Make this page yours (done)')
    expect(localStorage.getItem('edited:src/features/onboarding/onboarding-page.tsx')).toBe('')
  })

  test('is where the database and the checkout differ, and what helps', async () => {
    const what = 'Applied to the database, and not in this checkout: users.9001_theirs'
    const migrations = [{ what, command: './docker-dev.sh start' }]
    await open({ [DEVELOPMENT]: json({ ...development, migrations }) })
    const hints = within(await screen.findByRole('list', { name: 'What to do' }))
    expect(hints.getByRole('listitem')).toHaveTextContent(what)
    expect(hints.getByRole('button', { name: 'Copy ./docker-dev.sh start' })).toBeVisible()
    expect(main()).toHaveAttribute('data-verdict', 'healthy')
  })

  test('is nothing where it is not told, and the page is as ever', async () => {
    await open({ [DEVELOPMENT]: problem(404, { title: 'Not found' }) })
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Harbour is running')
    expect(done()).toEqual([])
  })
})

describe('the rest of the page', () => {
  test('shows the configuration that was loaded, and what differs from its default', async () => {
    const user = userEvent.setup()
    const changed = { ...config, environment: 'staging' }
    await open({ '/api/v1/config/frontend/': json(changed) })
    const region = within(screen.getByRole('region', { name: 'Runtime configuration' }))
    await user.click(region.getByText('1 changed'))
    expect(region.getByText('features.signup').nextSibling).toHaveTextContent('false')
    expect(region.getByText('supportEmail').nextSibling).toHaveTextContent('—')
    const rowOf = (key: string) => region.getByText(key).parentElement
    expect(rowOf('environment')).toHaveAttribute('data-changed', 'true')
    expect(rowOf('appName')).toHaveAttribute('data-changed', 'false')
  })

  test('leads to the pages of the backend and to the logs', async () => {
    await open()
    const tools = screen.getByRole('navigation', { name: 'Tools' })
    const hrefs = within(tools)
      .getAllByRole('link')
      .map((link) => link.getAttribute('href'))
    expect(hrefs).toEqual(['/admin/', '/api/v1/docs/', '/api/v1/schema/'])
    expect(within(tools).getByRole('button', { name: 'Copy ./docker-dev.sh logs' })).toBeVisible()
  })

  test('says in its title and icon that something is down', async () => {
    await open()
    expect(document.title).toBe('Harbour')
    expect(document.querySelector('link[rel=icon]')).toBeNull()
    cleanup()
    await open({ [HEALTH]: away })
    expect(document.title).toBe('▲ Harbour')
    expect(document.querySelector('link[rel=icon]')).toHaveAttribute('href', '/favicon-down.svg')
  })

  test('copies a command', async () => {
    const user = userEvent.setup()
    await open()
    await user.click(screen.getByRole('button', { name: 'Copy ./docker-dev.sh superuser' }))
    expect(await navigator.clipboard.readText()).toBe('./docker-dev.sh superuser')
    expect(screen.getByText('Copied')).toHaveRole('status')
    await waitFor(() => expect(screen.queryByText('Copied')).not.toBeInTheDocument())
  })

  test.each([
    [true, /^Copied$/],
    [false, /^Not copied: it is selected/],
  ])('copies on plain http the old way: %s', async (works, said) => {
    const user = userEvent.setup()
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'))
    document.execCommand = () => works
    await open()
    await user.click(screen.getByRole('button', { name: 'Copy ./docker-dev.sh test' }))
    expect(await screen.findByText(said)).toHaveRole('status')
    expect(String(getSelection())).toBe('./docker-dev.sh test')
  })
})
