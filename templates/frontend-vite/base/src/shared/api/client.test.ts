import * as v from 'valibot'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { request } from '@/shared/api/client'
import { nameCsrfCookie } from '@/shared/api/csrf'
import { ApiError, UnexpectedAnswerError, UnreachableError } from '@/shared/api/errors'
import { onUnauthorized } from '@/shared/api/sign-in-again'
import { away, hangs, json, page, problem, startBackend } from '@/testing/backend'

const schema = v.object({ id: v.number() })

const fail = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.unreachable('the request should have failed'),
    (error: unknown) => error,
  )

afterEach(() => {
  document.cookie = 'csrftoken=; max-age=0'
  vi.useRealTimers()
})

describe('an answer', () => {
  test('is handed out as the schema says', async () => {
    startBackend({ '/thing': json({ id: 7, more: true }) })
    expect(await request('/thing', schema)).toEqual({ id: 7 })
  })

  test('that is not what the schema says names the place', async () => {
    startBackend({ '/thing': json({ id: 'seven' }) })
    const error = await fail(request('/thing', schema))
    expect(error).toBeInstanceOf(UnexpectedAnswerError)
    expect((error as Error).message).toMatch(/\/thing .*id: .*number/)
  })

  test('that is no JSON is not taken for one', async () => {
    startBackend({ '/thing': page(200) })
    expect(await fail(request('/thing', schema))).toBeInstanceOf(UnexpectedAnswerError)
  })
})

test('an answer that breaks off in the middle of its JSON is not taken for one', async () => {
  const headers = { 'Content-Type': 'application/json' }
  startBackend({ '/thing': () => new Response('{"id": ', { headers }) })
  expect(await fail(request('/thing', schema))).toBeInstanceOf(UnexpectedAnswerError)
})

describe('an error', () => {
  test('says what the problem says, and under which id the log has it', async () => {
    const body = { title: 'Not found', detail: 'No such thing.', requestId: 'abc' }
    startBackend({ '/thing': problem(404, body) })
    const error = (await fail(request('/thing', schema))) as ApiError
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ status: 404, message: 'No such thing.', requestId: 'abc' })
  })

  test('page of the proxy is an error by its status', async () => {
    startBackend({ '/thing': page(502) })
    const error = (await fail(request('/thing', schema))) as ApiError
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ status: 502, problem: undefined })
  })

  test('without a word is one too', async () => {
    startBackend({ '/thing': () => new Response(null, { status: 404 }) })
    const error = await fail(request('/thing', schema))
    expect(error).toMatchObject({ name: 'ApiError', status: 404, problem: undefined })
  })

  test('status that is accepted is an answer, if its body is one', async () => {
    startBackend({ '/thing': json({ id: 1 }, 503) })
    expect(await request('/thing', schema, { accept: [503] })).toEqual({ id: 1 })
  })

  test.each([
    ['another problem', problem(503, { title: 'Busy' })],
    ['a page of the proxy', page(503)],
  ])('status that is accepted is still an error with %s', async (_, answer) => {
    startBackend({ '/thing': answer })
    const error = await fail(request('/thing', schema, { accept: [503] }))
    expect(error).toBeInstanceOf(ApiError)
  })
})

describe('no answer', () => {
  test('is told apart from an error', async () => {
    startBackend({ '/thing': away })
    expect(await fail(request('/thing', schema))).toBeInstanceOf(UnreachableError)
  })

  test('within the time says so', async () => {
    startBackend({ '/thing': hangs })
    const error = await fail(request('/thing', schema, { timeoutMs: 20 }))
    expect(error).toBeInstanceOf(UnreachableError)
    expect((error as Error).message).toBe('/thing did not answer within 0.02 s')
  })

  test('because it broke off in the middle is not taken for another version', async () => {
    startBackend({
      '/thing': () => {
        const body = new ReadableStream({ start: (stream) => stream.error(new Error('cut off')) })
        return new Response(body, { headers: { 'Content-Type': 'application/json' } })
      },
    })
    expect(await fail(request('/thing', schema))).toBeInstanceOf(UnreachableError)
  })

  test('because the caller gave up is not a failure of the server', async () => {
    startBackend({ '/thing': hangs })
    const controller = new AbortController()
    const pending = fail(request('/thing', schema, { signal: controller.signal }))
    controller.abort()
    expect(await pending).toMatchObject({ name: 'AbortError' })
  })
})

describe('what is sent', () => {
  test('asks for the CSRF token where there is none yet, as a new browser has none', async () => {
    const { asked, requests } = startBackend({
      '/api/v1/auth/csrf/': () => {
        document.cookie = 'csrftoken=fresh'
        return json({ csrfToken: 'fresh' })()
      },
      '/thing': json({ id: 1 }),
    })
    await request('/thing', schema, { method: 'POST', body: {} })
    expect(requests[1]?.headers.get('X-CSRFToken')).toBe('fresh')
    await request('/thing', schema, { method: 'POST', body: {} })
    expect(asked('/api/v1/auth/csrf/')).toBe(1)
  })

  test('is a form as it is, with its files', async () => {
    document.cookie = 'csrftoken=t0ken'
    const { requests } = startBackend({ '/thing': json({ id: 1 }) })
    const form = new FormData()
    form.set('file', new File(['text'], 'a.txt'))
    await request('/thing', schema, { method: 'POST', body: form })
    // With its boundary, which only the browser knows.
    expect(requests[0]?.headers.get('Content-Type')).toMatch(/^multipart\/form-data; boundary=/)
    const sent = await requests[0]?.formData()
    expect([...(sent?.keys() ?? [])]).toEqual(['file'])
    const file = sent?.get('file') as File
    expect([file.name, await file.text()]).toEqual(['a.txt', 'text'])
  })

  test('carries the CSRF token when it changes something', async () => {
    document.cookie = 'csrftoken=t0ken'
    const { requests } = startBackend({ '/thing': json({ id: 1 }) })
    await request('/thing', schema, { method: 'PATCH', body: { id: 1 } })
    const headers = requests[0]?.headers
    expect(headers?.get('X-CSRFToken')).toBe('t0ken')
    expect(headers?.get('Content-Type')).toBe('application/json')
    expect(await requests[0]?.text()).toBe('{"id":1}')
  })

  test('carries no CSRF token when it only reads', async () => {
    document.cookie = 'csrftoken=t0ken'
    const { requests } = startBackend({ '/thing': json({ id: 1 }) })
    await request('/thing', schema)
    expect(requests[0]?.headers.has('X-CSRFToken')).toBe(false)
  })
})

const tokens = (requests: readonly Request[]) =>
  requests
    .filter(({ url }) => url.endsWith('/thing'))
    .map(({ headers }) => headers.get('X-CSRFToken'))

describe('a CSRF token that Django refuses', () => {
  const refused = problem(403, { title: 'Forbidden', detail: 'CSRF check failed: incorrect.' })
  test('is fetched anew, and the request is made once more', async () => {
    document.cookie = 'csrftoken=stale'
    const { answers, requests } = startBackend({ '/thing': refused })
    answers['/api/v1/auth/csrf/'] = () => {
      answers['/thing'] = json({ id: 1 })
      return json({ csrfToken: 'fresh' })()
    }
    expect(await request('/thing', schema, { method: 'POST', body: {} })).toEqual({ id: 1 })
    expect(tokens(requests)).toEqual(['stale', 'fresh'])
  })

  test('a second time is an error', async () => {
    document.cookie = 'csrftoken=stale'
    const { requests } = startBackend({ '/thing': refused, '/api/v1/auth/csrf/': page(502) })
    const error = await fail(request('/thing', schema, { method: 'POST', body: {} }))
    expect(error).toMatchObject({ status: 403 })
    expect(tokens(requests)).toEqual(['stale', ''])
  })

  test('is told from anything else that is forbidden', async () => {
    document.cookie = 'csrftoken=t0ken'
    const { asked } = startBackend({ '/thing': problem(403, { title: 'Forbidden' }) })
    await fail(request('/thing', schema, { method: 'POST', body: {} }))
    expect(asked('/thing')).toBe(1)
  })

  test('lies in a cookie whose name the project chooses', async () => {
    nameCsrfCookie('harbour_csrftoken')
    document.cookie = 'csrftoken=of-another'
    document.cookie = 'harbour_csrftoken=ours'
    const { requests } = startBackend({ '/thing': json({ id: 1 }) })
    await request('/thing', schema, { method: 'POST', body: {} })
    expect(tokens(requests)).toEqual(['ours'])
    nameCsrfCookie('csrftoken')
    document.cookie = 'harbour_csrftoken=; max-age=0'
  })
})

describe('a request of somebody who is not signed in', () => {
  const unauthorized = problem(401, { title: 'Unauthorized' })

  test('is made once more if he signs in', async () => {
    const { answers } = startBackend({ '/thing': unauthorized })
    const stop = onUnauthorized(async () => {
      answers['/thing'] = json({ id: 1 })
      return true
    })
    expect(await request('/thing', schema)).toEqual({ id: 1 })
    stop()
  })

  test('is an error if he does not, or nobody asks him', async () => {
    const { asked } = startBackend({ '/thing': unauthorized })
    const stop = onUnauthorized(async () => false)
    expect(await fail(request('/thing', schema))).toMatchObject({ status: 401 })
    stop()
    expect(await fail(request('/thing', schema))).toMatchObject({ status: 401 })
    expect(asked('/thing')).toBe(2)
  })

  test('leaves the one who asks now in place when one before stops', async () => {
    startBackend({ '/thing': unauthorized })
    const ask = vi.fn<() => Promise<boolean>>(async () => false)
    const stopFirst = onUnauthorized(async () => false)
    const stop = onUnauthorized(ask)
    stopFirst()
    await fail(request('/thing', schema))
    expect(ask).toHaveBeenCalledOnce()
    stop()
  })

  test('asks for no password where that is what is being checked', async () => {
    const login = '/api/v1/auth/login/'
    startBackend({ [login]: unauthorized })
    const ask = vi.fn<() => Promise<boolean>>(async () => true)
    const stop = onUnauthorized(ask)
    await fail(request(login, schema, { method: 'POST', body: {} }))
    expect(ask).not.toHaveBeenCalled()
    stop()
  })
})

test('what is wrong with a field is in words, however deep it lies', () => {
  const errors = {
    title: ['Too long.', 'Taken.'],
    owner: { name: ['Unknown.'] },
    file: 'Too large.',
  }
  const said = { type: 'about:blank', title: 'Bad request', status: 400, errors }
  expect(new ApiError(400, said, '/thing').fieldErrors).toEqual({
    title: 'Too long. Taken.',
    owner: 'Unknown.',
    file: 'Too large.',
  })
  expect(new ApiError(502, undefined, '/thing').fieldErrors).toEqual({})
})
