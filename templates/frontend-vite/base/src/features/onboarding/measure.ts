/** One question to a part of the stack in, a reading out: how it is, and how long it took over the last few times. */
import { request } from '@/shared/api/client'
import { healthSchema, type Health } from '@/shared/api/types'

export interface Reading {
  readonly status: 'healthy' | 'unhealthy'
  readonly error?: string
  /** Milliseconds, the newest last. */
  readonly samples: readonly number[]
}

/** What the backend says of itself and of all that is behind it. */
export interface HealthReading {
  readonly backend: Reading
  readonly checks: Readonly<Record<string, Reading>>
}

/** What answers a page's address: the frontend, and on its way perhaps the proxy. */
export interface PageReading extends Reading {
  readonly behindProxy: boolean
}

const KEPT_SAMPLES = 24
// The backend gives each of its checks 2 s; what takes longer than this hangs.
const TIMEOUT_MS = 5000

/** The page's own address, which no change of a file can take away. */
export async function measurePage(
  signal: AbortSignal,
  previous?: PageReading,
): Promise<PageReading> {
  const { response, latencyMs } = await ping('/', 'text/html', signal)
  // Only the proxy gives requests an id. So it is known whether there is one without asking for what may not exist.
  const behindProxy = response.headers.has('X-Request-ID')
  return { ...judge(response, latencyMs, previous), behindProxy }
}

/** nginx answers /health itself. */
export async function measureProxy(signal: AbortSignal, previous?: Reading): Promise<Reading> {
  const { response, latencyMs } = await ping('/health', 'text/plain', signal)
  return judge(response, latencyMs, previous)
}

export async function measureHealth(
  url: string,
  signal: AbortSignal,
  previous?: HealthReading,
): Promise<HealthReading> {
  const started = performance.now()
  const report = await request(url, healthSchema, { signal, timeoutMs: TIMEOUT_MS, accept: [503] })
  // The checks run side by side: what the slowest does not explain is the backend's and the way's own.
  const slowest = Math.max(0, ...Object.values(report.checks).map((check) => check.latencyMs ?? 0))
  const own = clock(url, started) - slowest
  return readHealth(report, previous, own > 0 ? own : undefined)
}

/** @param ownMs how long the backend itself took, where that is known */
export function readHealth(
  { status, checks }: Health,
  previous?: HealthReading,
  ownMs?: number,
): HealthReading {
  const entries = Object.entries(checks).map(([id, check]): [string, Reading] => [
    id,
    {
      status: check.status,
      ...(check.error && { error: check.error }),
      samples: remember(previous?.checks[id], check.latencyMs),
    },
  ])
  // Its own word counts, also where none of its checks explains it.
  const unexplained =
    status === 'unhealthy' && entries.every(([, check]) => check.status === 'healthy')
  return {
    backend: {
      status: unexplained ? 'unhealthy' : 'healthy',
      ...(unexplained && { error: 'says that it is unhealthy' }),
      samples: remember(previous?.backend, ownMs),
    },
    checks: Object.fromEntries(entries),
  }
}

async function ping(url: string, accept: string, signal: AbortSignal) {
  const started = performance.now()
  const response = await fetch(url, {
    method: 'HEAD',
    cache: 'no-store',
    headers: { Accept: accept },
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  })
  return { response, latencyMs: clock(url, started) }
}

function judge({ ok, status }: Response, latencyMs: number, previous?: Reading): Reading {
  if (ok) return { status: 'healthy', samples: remember(previous, latencyMs) }
  return { status: 'unhealthy', error: words(status), samples: previous?.samples ?? [] }
}

/** 502 and 504 are what a proxy says for one that does not answer. */
export function words(status: number): string {
  return status === 502 || status === 504 ? 'unreachable' : `answered ${status}`
}

function remember(previous: Reading | undefined, latencyMs: number | null | undefined) {
  const samples = previous?.samples ?? []
  return latencyMs == null ? samples : [...samples, latencyMs].slice(-KEPT_SAMPLES)
}

/**
 * From the moment the request left until the answer began, as the browser clocked it: in script, the time that it waited
 * for a connection and for other scripts would count as the server's.
 */
function clock(url: string, started: number): number {
  const entries = performance.getEntriesByName(new URL(url, location.href).href, 'resource')
  const timing = entries.at(-1) as PerformanceResourceTiming | undefined
  const onTheWire =
    timing && timing.startTime >= started - 1 && timing.responseStart - timing.requestStart
  return onTheWire || performance.now() - started
}

// The browser keeps 250 entries and drops the newer ones. These here are of interest for one moment only.
performance.addEventListener?.('resourcetimingbufferfull', () => performance.clearResourceTimings())
