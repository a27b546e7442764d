/** A backend made of answers: what each path says (or `POST /path` alone) is given, and can change while a test runs. */
import { vi, type Mock } from 'vitest'

interface Call {
  readonly url: URL
  readonly init: RequestInit
}

export type Answer = (call: Call) => Response | Promise<Response>
export type Answers = Record<string, Answer>

export const json = (body: unknown, status = 200): (() => Response) => {
  const headers = { 'Content-Type': 'application/json' }
  return () => new Response(JSON.stringify(body), { status, headers })
}

export const problem = (status: number, body: object): (() => Response) => {
  const headers = { 'Content-Type': 'application/problem+json' }
  return () => new Response(JSON.stringify({ status, ...body }), { status, headers })
}

export const page = (status: number): Answer => {
  const headers = { 'Content-Type': 'text/html' }
  return () => new Response('<h1>nginx</h1>', { status, headers })
}

export const away: Answer = () => Promise.reject(new TypeError('Failed to fetch'))

/** A server that took the connection and says nothing, until the caller gives up. */
export const hang: typeof fetch = (_, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
  })

export const hangs: Answer = ({ url, init }) => hang(url, init)

export const config = {
  schemaVersion: 1,
  appName: 'Harbour',
  environment: 'development',
  apiBaseUrl: '/api/v1',
  supportEmail: null,
  links: { admin: '/admin/', apiDocs: '/api/v1/docs/', schema: '/api/v1/schema/' },
  features: { signup: false },
}

/** Of a stack with which nothing has been done yet. */
export const development = { hasSuperuser: false, hasRunTests: false, migrations: [] }

const healthyCheck = { status: 'healthy', latencyMs: 1.25 }

export const health = {
  status: 'healthy',
  checks: { database: healthyCheck, cache: healthyCheck },
}

/** Only behind nginx has an answer an id. */
const viaProxy = { 'X-Request-ID': '1' }

/** A whole healthy stack behind nginx; `answers` replaces parts of it. */
export function startBackend(answers: Answers = {}) {
  const all: Answers = {
    '/health': () => new Response('ok', { headers: viaProxy }),
    '/': () => new Response('<!doctype html>', { headers: viaProxy }),
    '/api/v1/config/frontend/': json(config),
    '/api/v1/health/': json(health),
    '/api/v1/development/': json(development),
    '/api/v1/auth/session/': json({ user: null, expiresAt: null }),
    '/api/v1/auth/csrf/': json({ csrfToken: 'fresh' }),
    ...answers,
  }
  const fetch = vi.fn<typeof globalThis.fetch>(async (address, init = {}) => {
    const url = new URL(String(address), location.href)
    const answer = all[`${init.method} ${url.pathname}`] ?? all[url.pathname]
    return answer ? answer({ url, init }) : new Response(null, { status: 404 })
  })
  vi.stubGlobal('fetch', fetch)
  const asked = (path: string) => fetch.mock.calls.filter(([url]) => String(url) === path).length
  return { answers: all, fetch, asked, sent: (call: string) => sentTo(fetch, call) }
}

/** What was sent with each `POST /path`, read as JSON; in its query what a GET asked for. */
async function sentTo(fetch: Mock<typeof globalThis.fetch>, call: string): Promise<unknown[]> {
  const calls = fetch.mock.calls.map(([url, init]) => ({
    url: new URL(String(url), location.href),
    init,
  }))
  const these = calls.filter(({ url, init }) => `${init?.method} ${url.pathname}` === call)
  return Promise.all(
    these.map(({ url, init }) => {
      if (init?.body) return new Response(init.body).json()
      return Promise.resolve(Object.fromEntries(url.searchParams))
    }),
  )
}
