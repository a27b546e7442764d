import { act, render, screen } from '@testing-library/react'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openSocket, type SocketState } from './socket'
import { useEvents } from './use-events'
import { startSockets, type FakeSocket } from '@/testing/sockets'

const schema = v.object({ id: v.number() })
let sockets: readonly FakeSocket[]
let close: () => void

beforeEach(() => {
  vi.useFakeTimers()
  sockets = startSockets()
})
afterEach(() => {
  close?.()
  vi.useRealTimers()
  show('visible')
})

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))
const newest = () => sockets.at(-1)

function show(visibility: 'visible' | 'hidden') {
  Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true })
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
}

async function open(silenceMs?: number) {
  const messages: unknown[] = []
  const states: SocketState[] = []
  close = openSocket('/api/ws/thing/', schema, {
    onMessage: (message) => messages.push(message),
    onState: (state) => states.push(state),
    ...(silenceMs && { silenceMs }),
  })
  await pass(10)
  newest()?.accept()
  return { messages, states }
}

describe('a socket', () => {
  test('goes to the same host as the page and hands out what it is told', async () => {
    const { messages, states } = await open()
    expect(newest()?.url).toBe('ws://localhost/api/ws/thing/')
    newest()?.say({ id: 7, more: true })
    expect(messages).toEqual([{ id: 7 }])
    expect(states).toEqual(['open'])
  })

  test('on an encrypted page is encrypted', async () => {
    vi.stubGlobal('location', new URL('https://harbour.test/page'))
    await open()
    expect(newest()?.url).toBe('wss://harbour.test/api/ws/thing/')
  })

  test.each([['no JSON'], [{ id: 'seven' }]])(
    'drops what the schema does not know: %j',
    async (said) => {
      const warn = vi.spyOn(console, 'warn').mockReturnValue()
      const { messages } = await open()
      newest()?.say(said)
      expect(messages).toEqual([])
      expect(warn).toHaveBeenCalledOnce()
    },
  )

  test('that is lost is made anew, later and later', async () => {
    const { states } = await open()
    newest()?.hangUp()
    expect(states).toEqual(['open', 'connecting'])
    await pass(400)
    expect(sockets).toHaveLength(1)
    await pass(1200)
    expect(sockets).toHaveLength(2)

    newest()?.hangUp()
    await pass(700)
    expect(sockets).toHaveLength(2)
    await pass(2000)
    expect(sockets).toHaveLength(3)
    newest()?.accept()
    expect(states.at(-1)).toBe('open')
  })

  test('that is refused for want of a session stays closed', async () => {
    const { states } = await open()
    newest()?.hangUp(4401)
    await pass(120_000)
    expect(states).toEqual(['open', 'refused'])
    expect(sockets).toHaveLength(1)
  })

  test('that falls silent is taken for dead', async () => {
    const { states } = await open(12_000)
    await pass(8000)
    newest()?.say({ id: 1 })
    await pass(8000)
    expect(sockets).toHaveLength(1)
    await pass(5000)
    expect(sockets).toHaveLength(2)
    expect(states).toEqual(['open', 'connecting'])
  })

  test('rests while the page is hidden for long, and comes back with it', async () => {
    const { states } = await open()
    show('hidden')
    await pass(30_000)
    show('visible')
    await pass(60_000)
    expect(states).toEqual(['open'])

    show('hidden')
    await pass(61_000)
    expect(states).toEqual(['open', 'paused'])
    await pass(600_000)
    expect(sockets).toHaveLength(1)
    show('visible')
    await pass(10)
    newest()?.accept()
    expect(sockets).toHaveLength(2)
    expect(states).toEqual(['open', 'paused', 'connecting', 'open'])
  })

  test('that nobody wants any more is closed for good', async () => {
    const { states } = await open(12_000)
    close()
    await pass(120_000)
    show('hidden')
    await pass(120_000)
    show('visible')
    await pass(10)
    expect(newest()?.readyState).toBe(3)
    expect(sockets).toHaveLength(1)
    expect(states).toEqual(['open'])
  })
})

test('a component listens to events for as long as it is there', async () => {
  const kinds: string[] = []
  function Listener() {
    return <p>{useEvents(({ kind }) => void kinds.push(kind))}</p>
  }
  const { unmount } = render(<Listener />)
  expect(screen.getByText('connecting')).toBeVisible()
  await pass(10)
  act(() => newest()?.accept())
  expect(screen.getByText('open')).toBeVisible()
  newest()?.say({ type: 'event', kind: 'invited', data: { by: 'somebody' } })
  expect(kinds).toEqual(['invited'])
  unmount()
  expect(newest()?.readyState).toBe(3)
})
