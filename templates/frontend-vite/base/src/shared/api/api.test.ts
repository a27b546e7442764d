import { describe, expect, expectTypeOf, test } from 'vitest'
import { api, read, withProgress } from '@/shared/api/api'
import { ApiError } from '@/shared/api/errors'
import type { components } from '@/shared/api/schema'
import type { Health, RuntimeConfig } from '@/shared/api/types'
import { away, json, problem, startBackend } from '@/testing/backend'
import { fakeUploads } from '@/testing/uploads'

type Schemas = components['schemas']

describe('the API', () => {
  test('answers with the type that its schema gives', async () => {
    startBackend({ '/api/v1/auth/csrf/': json({ csrfToken: 'abc' }) })
    const answer = await read(api.GET('/api/v1/auth/csrf/'))
    expect(answer).toEqual({ csrfToken: 'abc' })
    expectTypeOf(answer).toEqualTypeOf<Schemas['Csrf']>()
  })

  test('sends what its schema asks for, with the CSRF token', async () => {
    document.cookie = 'csrftoken=t0ken'
    const { requests } = startBackend({ '/api/v1/auth/login/': json({ id: 1 }) })
    const body = { email: 'a@b.co', password: 'secret' }
    await read(api.POST('/api/v1/auth/login/', { body }))
    expect(requests[0]?.headers.get('X-CSRFToken')).toBe('t0ken')
    expect(await requests[0]?.json()).toEqual(body)
  })

  test('fails with what the backend says is wrong', async () => {
    const said = problem(401, { title: 'Unauthorized', detail: 'Sign in first.' })
    startBackend({ '/api/v1/users/me/': said })
    const error = await read(api.GET('/api/v1/users/me/')).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ status: 401, message: 'Sign in first.' })
  })

  test('does not compile with a path that it does not have', () => {
    // @ts-expect-error: mistyped
    expectTypeOf(api.GET<'/api/v1/user/me/'>).toBeFunction()
  })
})

test('what is checked on arrival is what the schema promises', () => {
  expectTypeOf<Schemas['Health']['status']>().toEqualTypeOf<Health['status']>()
  expectTypeOf<Schemas['Check']['status']>().toEqualTypeOf<Health['checks'][string]['status']>()
  expectTypeOf<keyof RuntimeConfig>().toEqualTypeOf<keyof Schemas['FrontendConfig']>()
  expectTypeOf<RuntimeConfig['links']>().toEqualTypeOf<Schemas['Links']>()
})

const upload = (onProgress: (share: number) => void, signal?: AbortSignal) =>
  read(
    api.PATCH('/api/v1/users/me/', {
      body: { firstName: 'Ada' },
      fetch: withProgress(onProgress),
      ...(signal && { signal }),
    }),
  )

describe('an upload', () => {
  const PATH = '/api/v1/users/me/'

  test('tells how far it is, carries the CSRF token, and is answered as any request', async () => {
    fakeUploads()
    document.cookie = 'csrftoken=t0ken'
    const { requests } = startBackend({ [PATH]: json({ id: 7 }) })
    const shares: number[] = []
    expect(await upload((share) => shares.push(share))).toEqual({ id: 7 })
    expect(shares).toEqual([0.5, 1])
    expect(requests[0]?.headers.get('X-CSRFToken')).toBe('t0ken')
  })

  test('fails with what the backend says, or says that nobody answers', async () => {
    fakeUploads()
    const { answers } = startBackend({ [PATH]: () => new Response('', { status: 413 }) })
    await expect(upload(() => undefined)).rejects.toMatchObject({ status: 413 })
    answers[PATH] = away
    await expect(upload(() => undefined)).rejects.toMatchObject({ name: 'UnreachableError' })
  })

  test('can be broken off', async () => {
    fakeUploads()
    const controller = new AbortController()
    startBackend({
      [PATH]: () => {
        controller.abort()
        return new Promise(() => undefined)
      },
    })
    await expect(upload(() => undefined, controller.signal)).rejects.toMatchObject({
      name: 'AbortError',
    })
  })
})
