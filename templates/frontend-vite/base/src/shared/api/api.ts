/**
 * The backend's API with the types of its OpenAPI schema: `await read(api.GET('/api/v1/users/me/'))`.
 * A path, a parameter or a field that the backend does not have does not compile. After a change of
 * the backend: ./docker-dev.sh client
 */
import createClient from 'openapi-fetch'
import { readProblem, send } from './client'
import { ApiError } from './errors'
import type { paths } from './schema'

export const api = createClient<paths>({
  headers: { Accept: 'application/json' },
  fetch: async (request) => {
    const { method, headers, signal } = request
    const body = request.body && (await request.blob())
    return send(request.url, { method, headers, signal, body })
  },
})

interface Called<T> {
  readonly data?: T
  readonly error?: unknown
  readonly response: Response
}

/** @returns what the backend answered @throws ApiError with what it said is wrong */
export async function read<T>(call: Promise<Called<T>>): Promise<Exclude<T, undefined>> {
  const { data, error, response } = await call
  if (response.ok) return data as Exclude<T, undefined>
  const { pathname } = new URL(response.url, location.href)
  throw new ApiError(response.status, readProblem(error), pathname)
}
