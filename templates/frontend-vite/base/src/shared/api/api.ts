/**
 * The backend's API with the types of its OpenAPI schema: `await read(api.GET('/api/v1/users/me/'))`.
 * A path, a parameter or a field that the backend does not have does not compile. After a change of
 * the backend: ./docker-dev.sh client
 */
import createClient from 'openapi-fetch'
import { readProblem, send } from './client'
import { ApiError } from './errors'
import { fetchWithProgress } from './fetch-with-progress'
import type { components, paths } from './schema'

/** What the backend's schema calls its values: `Schemas['User']`. */
export type Schemas = components['schemas']

const UPLOAD_TIMEOUT_MS = 300_000

export const api = createClient<paths>({
  headers: { Accept: 'application/json' },
  fetch: (request) => forward(request),
})

/** For the option `fetch` of a call that uploads: it tells how much is sent, and takes its time. */
export function withProgress(onProgress: (share: number) => void) {
  return (request: Request) =>
    forward(request, { transport: fetchWithProgress(onProgress), timeoutMs: UPLOAD_TIMEOUT_MS })
}

async function forward(request: Request, options?: Parameters<typeof send>[1]): Promise<Response> {
  const { method, headers, signal } = request
  const body = request.body && (await request.blob())
  return send(request.url, { method, headers, signal, body, ...options })
}

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
