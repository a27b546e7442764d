/** The readings in, the whole out: how each part is, which one is to blame, what to say. */
import type { Part } from '@/features/feature'
import { UnreachableError, ApiError } from '@/shared/api/errors'
import { words, type HealthReading, type PageReading, type Reading } from './measure'
import { partOf, reportedParts } from './parts'

export interface PartState {
  readonly part: Part
  /** `unknown`: nobody can tell, or it is not to blame: one that it stands on is down itself. */
  readonly status: 'checking' | 'healthy' | 'unhealthy' | 'unknown'
  readonly error?: string
  readonly samples: readonly number[]
}

export type Stack = readonly PartState[]
export type Verdict = 'checking' | 'healthy' | 'unhealthy'

/** Nothing in it: not known yet. */
export interface Answer<T> {
  readonly reading?: T | undefined
  readonly error?: Error
  readonly at?: number
}

export interface Answers {
  readonly page: Answer<PageReading>
  readonly proxy: Answer<Reading>
  readonly health: Answer<HealthReading>
  /** Which of the declared parts are switched off in this environment. */
  readonly isOff: (id: string) => boolean
}

export function assemble({ page, proxy, health, isOff }: Answers): Stack {
  const stack: PartState[] = [{ part: partOf('browser'), status: 'healthy', samples: [] }]
  // Until the first answer it is taken to be there, as it nearly always is.
  const behindProxy = page.reading?.behindProxy ?? true
  // Before it was asked itself, it is known only from what came through it, or did not.
  const proxyError = proxy.at ? proxy.error : page.error
  if (behindProxy) stack.push(stateOf('proxy', proxy.reading, proxyError))
  stack.push(stateOf('frontend', page.reading, page.error))
  stack.push(stateOf('backend', health.reading?.backend, health.error))
  // Without a report there is only what is expected; with one, only what it names.
  const ids = health.reading
    ? Object.keys(health.reading.checks)
    : reportedParts.map((part) => part.id).filter((id) => !isOff(id))
  for (const id of inOrder(ids)) stack.push(stateOf(id, health.reading?.checks[id], health.error))
  return stack.map((state) => excuse(behindProxy ? state : withoutProxy(state), stack))
}

/** On the development server's own port there is nobody in between. */
function withoutProxy(state: PartState): PartState {
  if (state.part.behind !== 'proxy') return state
  const behind = state.part.id === 'backend' ? 'frontend' : 'browser'
  return { ...state, part: { ...state.part, behind } }
}

function stateOf(id: string, reading: Reading | undefined, error: Error | undefined): PartState {
  const part = partOf(id)
  const samples = reading?.samples ?? []
  if (error) return { part, status: 'unhealthy', error: describe(error), samples }
  if (!reading) return { part, status: 'checking', samples }
  const { status } = reading
  return { part, status, samples, ...(reading.error && { error: reading.error }) }
}

/** A part is not to blame while one that it is reached through, or that it needs, is down. */
function excuse(state: PartState, stack: Stack): PartState {
  if (state.status !== 'unhealthy') return state
  const { behind, needs = [] } = state.part
  const culprit = [behind, ...needs]
    .flatMap((id) => stack.filter((other) => other.part.id === id))
    .find((other) => other.status === 'unhealthy')
  if (!culprit) return state
  return {
    part: state.part,
    samples: state.samples,
    status: 'unknown',
    error: `needs ${culprit.part.name}`,
  }
}

function inOrder(ids: readonly string[]): string[] {
  return ids.toSorted((a, b) => rank(a) - rank(b))
}

function rank(id: string): number {
  const index = reportedParts.findIndex((part) => part.id === id)
  return index < 0 ? reportedParts.length : index
}

function describe(error: Error): string {
  if (error instanceof ApiError) {
    if (error.problem?.crash) return 'stopped at an error in its code'
    // A page instead of a problem comes from a proxy that reached nobody.
    return error.status >= 500 && !error.problem ? 'unreachable' : words(error.status)
  }
  const unreachable = error instanceof UnreachableError || error instanceof TypeError
  return unreachable || error.name === 'TimeoutError'
    ? 'unreachable'
    : 'its answer is not understood'
}

export function judge(stack: Stack): Verdict {
  if (stack.some(({ status }) => status === 'unhealthy')) return 'unhealthy'
  return stack.some(({ status }) => status === 'checking') ? 'checking' : 'healthy'
}

export function culprits(stack: Stack): Stack {
  return stack.filter(({ status }) => status === 'unhealthy')
}

/** One sentence, without numbers: it changes, and is read aloud, only when a part's health does. */
export function summarize(stack: Stack): string {
  const verdict = judge(stack)
  if (verdict === 'checking') return 'Asking every part how it is.'
  if (verdict === 'healthy') return `All ${stack.length - 1} services are healthy.`
  return culprits(stack)
    .map(({ part, error }) => `${part.name} is down${error ? `: ${error}` : ''}.`)
    .join(' ')
}

/** The middle of the last few: one slow answer does not make the number jump. */
export function latencyOf({ samples }: Pick<PartState, 'samples'>): number | undefined {
  const last = samples.slice(-7).toSorted((a, b) => a - b)
  return last[Math.floor(last.length / 2)]
}
