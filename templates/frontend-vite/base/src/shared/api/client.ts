/** A request in, a checked and typed value out; a failure is one of the errors in errors.ts. */
import * as v from 'valibot'
import { ApiError, UnexpectedAnswerError, UnreachableError } from './errors'
import { problemSchema, type Problem } from './types'

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly body?: unknown
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  /** Error statuses whose body is nevertheless an answer (health says 503 with its report). */
  readonly accept?: readonly number[]
}

type Schema = v.GenericSchema<unknown, unknown>

export async function request<const S extends Schema>(
  url: string,
  schema: S,
  options: RequestOptions = {},
): Promise<v.InferOutput<S>> {
  const response = await send(url, options)
  const body = await readJson(response)
  const accepted = options.accept?.includes(response.status) && body !== undefined
  if (!response.ok && !accepted) throw new ApiError(response.status, readProblem(body), url)

  const result = v.safeParse(schema, body)
  if (result.success) return result.output
  // A proxy may answer 503 with a page of its own: then the error is the status, not the body.
  if (!response.ok) throw new ApiError(response.status, readProblem(body), url)
  throw new UnexpectedAnswerError(`${url} answered with something else: ${explain(result.issues)}`)
}

async function send(url: string, options: RequestOptions): Promise<Response> {
  const { method = 'GET', body, signal, timeoutMs = 10_000 } = options
  const headers = new Headers({ Accept: 'application/json' })
  if (body !== undefined) headers.set('Content-Type', 'application/json')
  const csrfToken = method === 'GET' ? undefined : readCookie('csrftoken')
  if (csrfToken) headers.set('X-CSRFToken', csrfToken)

  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    return await fetch(url, {
      method,
      headers,
      credentials: 'same-origin',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  } catch (cause) {
    signal?.throwIfAborted() // The caller's own wish is not a failure of the server.
    const why = timeout.aborted ? `did not answer within ${timeoutMs / 1000} s` : 'is not reachable'
    throw new UnreachableError(`${url} ${why}`, { cause })
  }
}

async function readJson(response: Response): Promise<unknown> {
  if (!/[/+]json\b/.test(response.headers.get('Content-Type') ?? '')) return undefined
  try {
    return await response.json()
  } catch {
    return undefined // Cut off or malformed: the caller's schema reports it.
  }
}

function readProblem(body: unknown): Problem | undefined {
  const result = v.safeParse(problemSchema, body)
  return result.success ? result.output : undefined
}

function readCookie(name: string): string | undefined {
  const entry = document.cookie.split('; ').find((cookie) => cookie.startsWith(`${name}=`))
  return entry?.slice(name.length + 1)
}

function explain(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues.map((issue) => `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`).join('; ')
}
