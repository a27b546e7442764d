import { describe, expect, expectTypeOf, test } from 'vitest'
import { api, read } from '@/shared/api/api'
import { ApiError } from '@/shared/api/errors'
import type { components } from '@/shared/api/schema'
import type { Health, RuntimeConfig } from '@/shared/api/types'
import { json, problem, startBackend } from '@/testing/backend'

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
    const { fetch } = startBackend({ '/api/v1/auth/login/': json({ id: 1 }) })
    const body = { email: 'a@b.co', password: 'secret' }
    await read(api.POST('/api/v1/auth/login/', { body }))
    const init = fetch.mock.calls[0]?.[1]
    expect(new Headers(init?.headers).get('X-CSRFToken')).toBe('t0ken')
    expect(await new Response(init?.body).json()).toEqual(body)
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
