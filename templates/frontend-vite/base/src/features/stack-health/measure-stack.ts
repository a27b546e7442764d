/** Asks each part once, side by side, as this browser reaches it. Never throws but for an abort. */
import { request } from '@/shared/api/client'
import { ApiError, UnreachableError } from '@/shared/api/errors'
import { healthSchema, type Health, type HealthCheck } from '@/shared/api/types'
import type { PartState, Stack } from './stack'

interface Where {
  readonly apiBaseUrl: string
  readonly signal: AbortSignal
}

// The backend gives each of its checks 2 s; what takes longer than this hangs.
const TIMEOUT_MS = 5000
const unknown = { status: 'unknown' } as const

export async function measureStack(where: Where, previous: Stack): Promise<Stack> {
  const [proxy, frontend, behind] = await Promise.all([
    // Where a page came from does not change: once known to be absent, the proxy is not asked again.
    previous.proxy && measureProxy(where.signal),
    measureFrontend(where.signal),
    measureBackend(where, previous),
  ])
  return { browser: { status: 'healthy' }, ...(proxy && { proxy }), frontend, ...behind }
}

/** nginx answers /health itself. On Vite's own port nobody does: then there is no proxy in the way. */
async function measureProxy(signal: AbortSignal): Promise<PartState | undefined> {
  const probe = await ping('/health', signal)
  if (probe.response?.status === 404) return undefined
  if (probe.response?.headers.get('Content-Type')?.startsWith('text/html')) return undefined
  return judgePing(probe)
}

/** A small file that the frontend's server hands out, in development and in production. */
async function measureFrontend(signal: AbortSignal): Promise<PartState> {
  return judgePing(await ping('/favicon.svg', signal))
}

async function measureBackend({ apiBaseUrl, signal }: Where, previous: Stack): Promise<Stack> {
  const start = performance.now()
  try {
    const health = await request(`${apiBaseUrl}/health/`, healthSchema, {
      signal,
      timeoutMs: TIMEOUT_MS,
      accept: [503],
    })
    return readHealth(health, performance.now() - start)
  } catch (cause) {
    signal.throwIfAborted()
    return {
      backend: { status: 'unhealthy', error: describe(cause) },
      database: unknown,
      cache: unknown,
      ...(previous.worker && { worker: unknown }),
    }
  }
}

function readHealth({ checks }: Health, roundTripMs: number): Stack {
  const { database, cache, worker } = checks
  // The checks run side by side: what the slowest does not explain is the backend's and the way's own.
  const slowest = Math.max(...[database, cache, worker].map((check) => check?.latencyMs ?? 0))
  const own = roundTripMs - slowest
  return {
    backend: { status: 'healthy', ...(own > 0 && { latencyMs: own }) },
    database: readCheck(database),
    cache: readCheck(cache),
    ...(worker && { worker: readCheck(worker) }),
  }
}

function readCheck({ status, latencyMs, error }: HealthCheck): PartState {
  return { status, ...(latencyMs != null && { latencyMs }), ...(error && { error }) }
}

interface Ping {
  readonly response?: Response
  readonly latencyMs: number
}

async function ping(url: string, signal: AbortSignal): Promise<Ping> {
  const start = performance.now()
  try {
    const response = await fetch(url, {
      method: 'HEAD',
      cache: 'no-store',
      headers: { Accept: 'text/plain, image/svg+xml' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    })
    return { response, latencyMs: performance.now() - start }
  } catch {
    signal.throwIfAborted()
    return { latencyMs: performance.now() - start }
  }
}

function judgePing({ response, latencyMs }: Ping): PartState {
  if (response?.ok) return { status: 'healthy', latencyMs }
  return { status: 'unhealthy', error: response ? `answered ${response.status}` : 'unreachable' }
}

function describe(cause: unknown): string {
  if (cause instanceof UnreachableError) return 'unreachable'
  if (!(cause instanceof ApiError)) return 'its answer is not understood'
  // 502 and 504 are the words of nginx and Vite for it, so is a page instead of a problem.
  const byProxy = [502, 504].includes(cause.status) || (cause.status >= 500 && !cause.problem)
  return byProxy ? 'unreachable' : `answered ${cause.status}`
}
