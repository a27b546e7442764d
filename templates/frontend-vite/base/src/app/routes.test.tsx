import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Link } from 'react-router'
import { expect, test, vi } from 'vitest'
import { ErrorPage } from '@/app/error-page'
import { NotFoundPage } from '@/app/not-found-page'
import { RootLayout } from '@/app/root-layout'
import { ApiError } from '@/shared/api/errors'
import { config, json, startBackend } from '@/testing/backend'
import { renderApp } from '@/testing/render-app'

const Lost = () => <Link to="/gone">Onwards</Link>

test('an address without a page says so and leads back', async () => {
  startBackend()
  renderApp('/no/such/page')
  expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent(
    'There is nothing here',
  )
  expect(screen.getByText('/no/such/page')).toBeVisible()
  expect(screen.getByRole('link', { name: 'API docs' })).toBeVisible()

  await userEvent.click(screen.getByRole('link', { name: 'To the start' }))
  expect(await screen.findByRole('region', { name: 'Next' })).toBeVisible()
  // A keyboard and a screen reader go on from the top of the new page.
  expect(document.activeElement).toContainElement(screen.getByRole('main'))
})

test('a slip of the finger in an address is led to the page that was meant', async () => {
  startBackend()
  renderApp('/desing-system/')
  await userEvent.click(await screen.findByRole('link', { name: '/design-system' }))
  expect(await screen.findByRole('heading', { level: 1, name: 'Design system' })).toBeVisible()
})

test('an address without a page leads back to where one came from', async () => {
  startBackend()
  renderApp('/', [
    { path: '/', Component: Lost },
    { path: '*', Component: NotFoundPage },
  ])
  await userEvent.click(await screen.findByRole('link', { name: 'Onwards' }))
  expect(await screen.findByText('/gone')).toBeVisible()
  expect(screen.queryByText(/Did you mean/)).not.toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Back' }))
  expect(await screen.findByRole('link', { name: 'Onwards' })).toBeVisible()
})

test('what the first page tells of the stack is not in a production build', async () => {
  vi.stubEnv('DEV', false)
  vi.resetModules()
  const { renderApp: renderBuilt } = await import('@/testing/render-app')
  const backend = startBackend()
  renderBuilt('/')
  expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent(/^Harbour$/)
  expect(screen.queryByRole('list', { name: 'Parts of the stack' })).not.toBeInTheDocument()
  expect(backend.asked('/api/v1/health/')).toBe(0)
  vi.unstubAllEnvs()
})

test('API docs that are switched off have no link', async () => {
  const off = { ...config, features: { apiDocs: false } }
  startBackend({ '/api/v1/config/frontend/': json(off) })
  renderApp('/')
  expect(await screen.findByRole('region', { name: 'Next' })).toBeVisible()
  expect(screen.queryByRole('link', { name: /API docs|OpenAPI/ })).not.toBeInTheDocument()
})

test('whom to ask is said at the foot of the page, where somebody is named', async () => {
  startBackend({
    '/api/v1/config/frontend/': json({ ...config, supportEmail: 'help@harbour.test' }),
  })
  renderApp('/')
  const mail = await screen.findByRole('link', { name: 'help@harbour.test' })
  expect(mail).toHaveAttribute('href', 'mailto:help@harbour.test')
})

test.each([
  [
    'an answer',
    new Response(null, { status: 418, statusText: "I'm a teapot" }),
    "418 I'm a teapot",
  ],
  ['an error that knows no place', Object.assign(new Error('Full'), { stack: undefined }), 'Full'],
  ['what is no error', 'nothing', 'Something went wrong.'],
])('a page that throws %s says so', async (_, thrown, said) => {
  vi.spyOn(console, 'error').mockReturnValue()
  startBackend()
  const loader = () => Promise.reject(thrown)
  renderApp('/', [{ path: '/', loader, Component: Lost, ErrorBoundary: ErrorPage }])
  expect(await screen.findByRole('alert')).toHaveTextContent(said)
})

test('a page that throws says what happened, with the id for the log, under the header', async () => {
  vi.spyOn(console, 'error').mockReturnValue()
  startBackend()
  const crash = { exception: 'KeyError: price', frame: 'apps/shop/views.py:7 in get' }
  const problem = { type: 'about:blank', title: 'Broken', status: 500, requestId: 'abc123', crash }
  const Broken = () => {
    throw new ApiError(500, problem, '/api/v1/users/')
  }
  const inner = { ErrorBoundary: ErrorPage, children: [{ index: true, Component: Broken }] }
  renderApp('/', [{ Component: RootLayout, children: [inner] }])

  expect(await screen.findByRole('alert')).toHaveTextContent('Broken')
  expect(screen.getByText('abc123')).toBeVisible()
  // While it is developed, also where, on both sides.
  expect(screen.getByText('backend/apps/shop/views.py:7 in get')).toBeVisible()
  expect(screen.getByText(/routes\.test\.tsx/)).toBeVisible()
  expect(screen.getByRole('banner')).toHaveTextContent('Harbour')

  const reload = vi.spyOn(location, 'reload').mockReturnValue()
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(reload).toHaveBeenCalledOnce()
})
