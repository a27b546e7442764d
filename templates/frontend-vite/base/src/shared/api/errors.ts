/** The three ways in which a request fails, each a type that a caller can tell apart. */
import type { Problem } from './types'

/** No answer at all: the network, the proxy or the server is away, or the time is up. */
export class UnreachableError extends Error {
  override name = 'UnreachableError'
}

/** The backend answered with an error; `problem` is what it said, if it said it as problem+json. */
export class ApiError extends Error {
  override name = 'ApiError'

  constructor(
    readonly status: number,
    readonly problem: Problem | undefined,
    url: string,
  ) {
    super(problem ? (problem.detail ?? problem.title) : `${url} answered ${status}`)
  }

  /** The id under which the backend's log has this request. */
  get requestId(): string | undefined {
    return this.problem?.requestId ?? undefined
  }

  /** What is wrong with each field, in the backend's words. */
  get fieldErrors(): Readonly<Record<string, string>> {
    const entries = Object.entries(this.problem?.errors ?? {})
    return Object.fromEntries(entries.map(([field, said]) => [field, inWords(said)]))
  }
}

/** The backend answered, but not with what the schema says. */
export class UnexpectedAnswerError extends Error {
  override name = 'UnexpectedAnswerError'
}

/** Mostly a list of sentences; of a nested field it is a mapping of such lists. */
function inWords(said: unknown): string {
  if (typeof said !== 'object' || said === null) return String(said)
  return Object.values(said).map(inWords).join(' ')
}
