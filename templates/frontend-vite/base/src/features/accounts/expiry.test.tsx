import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import { away, config, json, problem, type Answers } from '@/testing/backend'
import { ada, signedIn, signedOut } from '@/testing/people'
import { fill, heading, press, openApp } from '@/testing/steps'

const LOGIN = '/api/v1/auth/login/'
const SESSIONS = '/api/v1/auth/sessions/'
const CONFIG = { '/api/v1/config/frontend/': json({ ...config, features: { signUp: true } }) }
const banner = () => within(screen.getByRole('banner'))

const open = (address: string, answers: Answers = {}) => openApp(address, { ...CONFIG, ...answers })

describe('a session that ends while a page is open', () => {
  const ME = '/api/v1/users/me/'
  const unauthorized = problem(401, { title: 'Unauthorized', detail: 'Sign in first.' })

  async function expire() {
    const app = open('/account', { ...signedIn, [SESSIONS]: json([]) })
    await fill({ 'First name': 'Augusta' })
    Object.assign(app.answers, { ...signedOut, [`PATCH ${ME}`]: unauthorized })
    await press('Save')
    await screen.findByRole('dialog', { name: 'Your session has ended' })
    return app
  }

  test('is told, and goes on where it was: what was typed is sent after signing in again', async () => {
    const { answers, sent } = await expire()
    answers[LOGIN] = () => {
      Object.assign(answers, signedIn)
      answers[`PATCH ${ME}`] = json({ ...ada, firstName: 'Augusta' })
      return json(ada)()
    }
    const dialog = within(screen.getByRole('dialog'))
    await userEvent.keyboard('{Escape}')
    await userEvent.type(dialog.getByLabelText('Password'), 'correct horse')
    await userEvent.click(dialog.getByRole('button', { name: 'Sign in' }))
    expect(await banner().findByText('Augusta Lovelace')).toBeVisible()
    expect(screen.queryByRole('dialog', { name: 'Your session has ended' })).not.toBeInTheDocument()
    expect(await sent(`POST ${LOGIN}`)).toEqual([{ email: ada.email, password: 'correct horse' }])
    expect(await sent(`PATCH ${ME}`)).toHaveLength(2)
  })

  test('may be left', async () => {
    await expire()
    await press('Leave it')
    expect(await heading('Sign in')).toBeVisible()
  })

  test('is noticed at the time that the backend gave', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const expiresAt = new Date(Date.now() + 60_000).toISOString()
    const { answers } = open('/account', {
      '/api/v1/auth/session/': json({ user: ada, expiresAt }),
      [SESSIONS]: json([]),
    })
    await heading('Your account')
    Object.assign(answers, signedOut)
    await vi.advanceTimersByTimeAsync(63_000)
    expect(await screen.findByRole('dialog', { name: 'Your session has ended' })).toBeVisible()
    vi.useRealTimers()
  })

  test('is not what a 401 of a live session means, nor of a backend that is away', async () => {
    const { answers } = open('/account', { ...signedIn, [SESSIONS]: json([]) })
    await fill({ 'First name': 'Augusta' })
    answers[`PATCH ${ME}`] = unauthorized
    await press('Save')
    expect(await screen.findByRole('alert')).toHaveTextContent('Sign in first.')
    answers['/api/v1/auth/session/'] = away
    await press('Save')
    expect(await screen.findByRole('alert')).toHaveTextContent('Sign in first.')
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
  })
})

test('a page for users says so where nobody can tell who is signed in, and can be asked again', async () => {
  const { answers } = open('/account', {
    '/api/v1/auth/session/': problem(403, { title: 'Forbidden', requestId: 'abc1' }),
    [SESSIONS]: json([]),
  })
  expect(await screen.findByRole('alert')).toHaveTextContent('abc1')
  Object.assign(answers, signedIn)
  await press('Try again')
  await heading('Your account')
})
