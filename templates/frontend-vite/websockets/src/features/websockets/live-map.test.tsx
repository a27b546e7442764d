import { act, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { health, json, startBackend } from '@/testing/backend'
import { renderApp } from '@/testing/render-app'
import { startSockets, type FakeSocket } from '@/testing/sockets'

const HEALTH = '/api/v1/health/'
const unwell = { status: 'unhealthy', latencyMs: 2000, error: 'timeout after 2 s' }
const told = (data: unknown) => ({ type: 'health', data })
let sockets: readonly FakeSocket[]

beforeEach(() => {
  vi.useFakeTimers()
  sockets = startSockets()
})
afterEach(() => void vi.useRealTimers())

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))
const socket = () => sockets.at(-1)

const part = (name: string) => {
  const list = screen.getByRole('list', { name: 'Parts of the stack' })
  return within(list)
    .getAllByRole('listitem')
    .find((item) => within(item).queryByText(name))
}

async function open() {
  const backend = startBackend()
  renderApp('/')
  await pass(50)
  return backend
}

async function say(message: unknown) {
  act(() => socket()?.say(message))
  await pass(10)
}

test('the map is told of each change, and asks nobody while it is', async () => {
  const { requests } = await open()
  expect(screen.getByText(/^Updated/)).toBeVisible()
  socket()?.accept()
  await say(told(health))
  expect(screen.getByText('Live')).toBeVisible()

  const asked = requests.length
  await pass(9000)
  await say(told({ status: 'unhealthy', checks: { ...health.checks, cache: unwell } }))
  expect(part('Cache')).toHaveTextContent('timeout after 2 s')
  expect(screen.getByText('Cache is down: timeout after 2 s.')).toHaveRole('status')
  await say(told(health))
  expect(part('Cache')).toHaveTextContent('healthy')
  await pass(9000)
  expect(requests).toHaveLength(asked)
})

test('while the socket is away the map asks, and stops when it is back', async () => {
  const backend = await open()
  socket()?.accept()
  await say(told(health))
  backend.answers[HEALTH] = json({ ...health, checks: { ...health.checks, database: unwell } }, 503)
  act(() => socket()?.hangUp())
  await pass(50)
  expect(part('Database')).toHaveTextContent('timeout after 2 s')
  expect(screen.getByText(/^Updated/)).toBeVisible()

  await pass(3000)
  socket()?.accept()
  // Open, but silent: not live yet.
  await pass(10)
  expect(screen.queryByText('Live')).not.toBeInTheDocument()
  await say(told(health))
  expect(screen.getByText('Live')).toBeVisible()
  expect(part('Database')).toHaveTextContent('healthy')
})
