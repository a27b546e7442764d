/** The parts of the stack, what can be said of each, and what the whole amounts to. */

export type PartId = 'browser' | 'proxy' | 'frontend' | 'backend' | 'database' | 'cache' | 'worker'

export interface PartState {
  /** `unknown`: nobody can tell now, since the part that would is down itself. */
  readonly status: 'checking' | 'healthy' | 'unhealthy' | 'unknown'
  readonly latencyMs?: number
  readonly error?: string
}

/** A part without an entry is not there: no worker without Celery, no proxy on Vite's own port. */
export type Stack = Readonly<Partial<Record<PartId, PartState>>>

interface Part {
  readonly name: string
  readonly technology: string
  /** Its name in docker-compose.yml. */
  readonly service?: string
}

export const parts: Readonly<Record<PartId, Part>> = {
  browser: { name: 'Browser', technology: 'You are here' },
  proxy: { name: 'Proxy', technology: 'nginx', service: 'proxy' },
  frontend: { name: 'Frontend', technology: 'React · Vite', service: 'frontend' },
  backend: { name: 'Backend', technology: 'Django', service: 'backend' },
  database: { name: 'Database', technology: 'PostgreSQL', service: 'db' },
  cache: { name: 'Cache', technology: 'Redis', service: 'redis' },
  worker: { name: 'Worker', technology: 'Celery', service: 'celery' },
}

const checking = { status: 'checking' } as const

export const unmeasured: Stack = {
  browser: { status: 'healthy' },
  proxy: checking,
  frontend: checking,
  backend: checking,
  database: checking,
  cache: checking,
}

export function entries(stack: Stack): [PartId, PartState][] {
  return Object.entries(stack) as [PartId, PartState][]
}

export function unhealthyParts(stack: Stack): [PartId, PartState][] {
  return entries(stack).filter(([, state]) => state.status === 'unhealthy')
}

export type Verdict = 'checking' | 'healthy' | 'unhealthy'

export function judge(stack: Stack): Verdict {
  const states = Object.values(stack)
  if (states.some((state) => state.status === 'unhealthy')) return 'unhealthy'
  return states.some((state) => state.status === 'checking') ? 'checking' : 'healthy'
}

/** One sentence, without numbers: it changes, and is read aloud, only when a part's health does. */
export function summarize(stack: Stack): string {
  const verdict = judge(stack)
  if (verdict === 'checking') return 'Asking every part how it is.'
  if (verdict === 'healthy') return `All ${Object.keys(stack).length - 1} services are healthy.`
  return unhealthyParts(stack)
    .map(([id, { error }]) => `${parts[id].name} is down${error ? `: ${error}` : ''}.`)
    .join(' ')
}
