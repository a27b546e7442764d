import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { config, health, json, startBackend, type Answers } from '@/testing/backend'
import { renderApp } from '@/testing/render-app'

const HEALTH = '/api/v1/health/'
const fine = { status: 'healthy', latencyMs: 1 }
const unwell = { status: 'unhealthy', latencyMs: 2000, error: 'timeout after 2 s' }

async function open(answers: Answers) {
  startBackend(answers)
  renderApp('/')
  await waitFor(() => expect(worker()).not.toHaveTextContent('being checked'))
}

const list = () => screen.getByRole('list', { name: 'Parts of the stack' })
const worker = () =>
  within(list())
    .getAllByRole('listitem')
    .find((item) => within(item).queryByText('Worker'))

test('the worker is a part of the stack, in its place before the first answer', async () => {
  startBackend({ [HEALTH]: json({ ...health, checks: { ...health.checks, worker: fine } }) })
  renderApp('/')
  await screen.findByRole('list', { name: 'Parts of the stack' })
  expect(worker()).toHaveTextContent('being checked')
  await waitFor(() => expect(worker()).toHaveTextContent('healthy'))
  expect(worker()).toHaveTextContent('1.0 ms')
})

test('a worker that is away is named, with its log, though requests are served', async () => {
  const checks = { ...health.checks, worker: { ...unwell, error: 'no worker is running' } }
  await open({ [HEALTH]: json({ status: 'degraded', checks }) })
  expect(screen.getByText('Worker is down: no worker is running.')).toHaveRole('status')
  expect(screen.getByRole('button', { name: 'Copy ./docker-dev.sh logs celery' })).toBeVisible()
})

test('a worker that fails because the cache does is not blamed', async () => {
  const checks = { ...health.checks, cache: unwell, worker: unwell }
  await open({ [HEALTH]: json({ status: 'unhealthy', checks }, 503) })
  expect(screen.getByText('Cache is down: timeout after 2 s.')).toHaveRole('status')
  expect(worker()).toHaveTextContent('needs Cache')
  expect(
    screen.queryByRole('button', { name: 'Copy ./docker-dev.sh logs celery' }),
  ).not.toBeInTheDocument()
})

test('where the worker is switched off, there is none', async () => {
  const off = { ...config, features: { worker: false } }
  startBackend({ '/api/v1/config/frontend/': json(off) })
  renderApp('/')
  await screen.findByText('All 5 services are healthy.')
  expect(worker()).toBeUndefined()
})

test('the first page says where tasks are written', async () => {
  startBackend()
  renderApp('/')
  expect(await screen.findByText('Hand work to the worker')).toBeVisible()
})
