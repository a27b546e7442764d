import { describe, expect, test, vi } from 'vitest'
import { measureProxy, readHealth } from './measure'
import { latencyOf } from './stack'
import { startBackend } from '@/testing/backend'

const { signal } = new AbortController()

function clocked(timing: Partial<PerformanceResourceTiming>) {
  const entry = { startTime: performance.now() + 1000, ...timing } as PerformanceResourceTiming
  vi.spyOn(performance, 'getEntriesByName').mockReturnValue([entry])
}

const report = (latencyMs: number | null) =>
  ({ status: 'healthy', checks: { cache: { status: 'healthy', latencyMs } } }) as const

describe('a latency', () => {
  test('is what the browser clocked on the wire, without the wait for a connection', async () => {
    startBackend()
    clocked({ requestStart: 140, responseStart: 143.5 })
    expect((await measureProxy(signal)).samples).toEqual([3.5])
  })

  test('of an earlier request is not taken for this one', async () => {
    startBackend()
    clocked({ startTime: -50, requestStart: 140, responseStart: 940 })
    expect((await measureProxy(signal)).samples[0]).toBeLessThan(500)
  })

  test('is the middle of the last seven: one slow answer does not make it jump', () => {
    expect(latencyOf({ samples: [] })).toBeUndefined()
    expect(latencyOf({ samples: [900, 800, 3, 2, 3, 2, 500, 3, 2] })).toBe(3)
  })

  test('is clocked however many answers there were: the browser is told to forget them', async () => {
    const listen = vi.spyOn(performance, 'addEventListener')
    const forget = vi.spyOn(performance, 'clearResourceTimings')
    vi.resetModules()
    await import('./measure')
    const [, isFull] = listen.mock.calls.find(([type]) => type === 'resourcetimingbufferfull') ?? []
    expect(isFull).toBeTypeOf('function')
    if (typeof isFull === 'function') isFull(new Event('resourcetimingbufferfull'))
    expect(forget).toHaveBeenCalledOnce()
  })

  test('is remembered for a while, also through reports without one', () => {
    let reading = readHealth(report(1))
    for (let round = 2; round <= 30; round++) reading = readHealth(report(round), reading)
    reading = readHealth(report(null), reading)
    expect(reading.checks['cache']?.samples).toHaveLength(24)
    expect(reading.checks['cache']?.samples.at(-1)).toBe(30)
  })
})
