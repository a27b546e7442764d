/** A request in, a checked and typed value out; a failure is one of the errors in errors.ts. */
import * as v from 'valibot'
import { csrfToken, isCsrfFailure, isSafe } from './csrf'
import { ApiError, UnexpectedAnswerError, UnreachableError } from './errors'
import { signInAgain } from './sign-in-again'
import { problemSchema, type Problem } from './types'

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON; a form (with files) as it is. */
  readonly body?: unknown
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  /** Error statuses whose body is nevertheless an answer (health says 503 with its report). */
  readonly accept?: readonly number[]
}

type Schema = v.GenericSchema<unknown, unknown>

/** For what must be checked where it arrives. What the OpenAPI schema vouches for goes through api.ts. */
export async function request<const S extends Schema>(
  url: string,
  schema: S,
  { method = 'GET', body, signal, timeoutMs, accept = [] }: RequestOptions = {},
): Promise<v.InferOutput<S>> {
  const isForm = body instanceof FormData
  const headers = new Headers({ Accept: 'application/json' })
  if (body !== undefined && !isForm) headers.set('Content-Type', 'application/json')
  const sent = body === undefined ? null : isForm ? body : JSON.stringify(body)
  const response = await send(url, {
    method,
    headers,
    body: sent,
    signal: signal ?? null,
    timeoutMs,
  })
  const answer = await readJson(response)

  const result = v.safeParse(schema, answer)
  const accepted = response.ok || accept.includes(response.status)
  if (accepted && result.success) return result.output
  // A proxy may answer 503 with a page of its own: then the error is the status, not the body.
  if (!response.ok) throw new ApiError(response.status, readProblem(answer), url)
  throw new UnexpectedAnswerError(`${url} answered with something else: ${explain(result.issues)}`)
}

interface SendInit extends RequestInit {
  readonly timeoutMs?: number | undefined
  /** Instead of fetch(): for an upload that tells how far it is. */
  readonly transport?: typeof fetch | undefined
}

/**
 * fetch() with all that belongs to every request: the time that it may take, its body included, the CSRF token where it
 * changes something, a second attempt where one can do better, and an error that says who failed.
 */
export async function send(url: string, init: SendInit = {}): Promise<Response> {
  const response = await attempt(url, init)
  if (response.status === 401 && (await signInAgain(url))) return attempt(url, init)
  // The cookie was there, but Django did not want it: for instance, another tab has signed in meanwhile.
  if (await isCsrfFailure(response)) return attempt(url, init, true)
  return response
}

async function attempt(url: string, init: SendInit, renewToken = false): Promise<Response> {
  const { timeoutMs = 10_000, transport = fetch, signal, ...rest } = init
  const headers = new Headers(rest.headers)
  const timeout = AbortSignal.timeout(timeoutMs)
  const either = signal ? AbortSignal.any([signal, timeout]) : timeout
  try {
    if (!isSafe(rest.method)) headers.set('X-CSRFToken', await csrfToken(either, renewToken))
    const response = await transport(url, {
      ...rest,
      headers,
      credentials: 'same-origin',
      signal: either,
    })
    // Read here, while the time runs: what breaks off in the middle is no answer either.
    const body = emptyStatus(response.status) ? null : await response.arrayBuffer()
    // A response that is made has no address of its own.
    return Object.defineProperty(new Response(body, response), 'url', { value: url })
  } catch (cause) {
    signal?.throwIfAborted() // The caller's own wish is not a failure of the server.
    const why = timeout.aborted ? `did not answer within ${timeoutMs / 1000} s` : 'is not reachable'
    throw new UnreachableError(`${url} ${why}`, { cause })
  }
}

/** A response of these may have no body, not even an empty one. */
function emptyStatus(status: number): boolean {
  return [204, 205, 304].includes(status)
}

async function readJson(response: Response): Promise<unknown> {
  if (!/[/+]json\b/.test(response.headers.get('Content-Type') ?? '')) return undefined
  try {
    return await response.json()
  } catch {
    return undefined // Malformed: the caller's schema reports it.
  }
}

export function readProblem(body: unknown): Problem | undefined {
  const result = v.safeParse(problemSchema, body)
  return result.success ? result.output : undefined
}

function explain(issues: readonly v.BaseIssue<unknown>[] = []): string {
  return issues.map((issue) => `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`).join('; ')
}
