/** A backend made of answers: what each path says (or `POST /path` alone) is given, and can change while a test runs. */
import { delay, http, HttpResponse, type HttpResponseResolver } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll } from 'vitest'

export type Answer = HttpResponseResolver
export type Answers = Record<string, Answer>

export const json = (body: object | undefined, status = 200) => {
  return () => HttpResponse.json(body, { status })
}

export const problem = (status: number, body: object) => {
  const headers = { 'Content-Type': 'application/problem+json' }
  return () => HttpResponse.json({ status, ...body }, { status, headers })
}

export const page = (status: number) => () => HttpResponse.html('<h1>nginx</h1>', { status })

export const away: Answer = () => HttpResponse.error()

/** A server that took the connection and says nothing, until the caller gives up. */
export const hangs: Answer = () => delay('infinite')

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
const viaProxy = { headers: { 'X-Request-ID': '1' } }

const unanswered: string[] = []
const server = setupServer(
  http.all('*', ({ request }) => {
    unanswered.push(nameOf(request))
    return new HttpResponse(null, { status: 404 })
  }),
)

// Here and not in setup.ts: tests that ask nobody do not wait until all this is loaded.
beforeAll(() => server.listen())
afterEach(() => {
  server.resetHandlers()
  if (unanswered.length > 0) throw new Error(`No answer to ${unanswered.splice(0).join(', ')}`)
})
afterAll(() => server.close())

/** A whole healthy stack behind nginx; `answers` replaces parts of it. */
export function startBackend(answers: Answers = {}) {
  const all: Answers = {
    '/health': () => HttpResponse.text('ok', viaProxy),
    '/': () => HttpResponse.html('<!doctype html>', viaProxy),
    '/api/v1/config/frontend/': json(config),
    '/api/v1/health/': json(health),
    '/api/v1/development/': json(development),
    '/api/v1/auth/session/': json({ user: null, expiresAt: null }),
    '/api/v1/auth/csrf/': json({ csrfToken: 'fresh' }),
    ...answers,
  }
  const answerTo = (request: Request) => all[nameOf(request)] ?? all[pathOf(request)]
  const requests: Request[] = []
  const answer: Answer = (call) => {
    requests.push(call.request)
    return answerTo(call.request)?.(call)
  }
  server.use(http.all(({ request }) => Boolean(answerTo(request)), answer))
  const asked = (path: string) => requests.filter((request) => pathOf(request) === path).length
  const sent = (call: string) =>
    Promise.all(requests.filter((request) => nameOf(request) === call).map(contentOf))
  return { answers: all, requests, asked, sent }
}

const pathOf = ({ url }: Request) => new URL(url).pathname
const nameOf = (request: Request) => `${request.method} ${pathOf(request)}`

/** What was sent, read as JSON; in its query what a GET asked for. */
const contentOf = async (request: Request): Promise<unknown> =>
  request.body ? request.clone().json() : Object.fromEntries(new URL(request.url).searchParams)
