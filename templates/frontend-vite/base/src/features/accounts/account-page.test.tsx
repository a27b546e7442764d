import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { config, json, problem, type Answers } from '@/testing/backend'
import { ada, signedIn } from '@/testing/people'
import { fill, press, openApp } from '@/testing/steps'

const SESSIONS = '/api/v1/auth/sessions/'
const CONFIG = { '/api/v1/config/frontend/': json({ ...config, features: { signUp: true } }) }
const done = () => new Response(null, { status: 204 })
const row = (name: string) => screen.getByText(name).closest('li') as HTMLElement
const banner = () => within(screen.getByRole('banner'))

const open = (address: string, answers: Answers = {}) => openApp(address, { ...CONFIG, ...answers })

describe('one’s account', () => {
  const here = {
    id: 'a',
    current: true,
    createdAt: '2026-01-01T00:00:00Z',
    lastSeenAt: '2026-01-02T00:00:00Z',
    address: '10.0.0.1',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
  }
  const phone = { ...here, id: 'b', current: false, userAgent: 'iPhone Safari/18' }
  const both = json([here, phone])
  const alone = json([here])

  test('has the name, and saves it', async () => {
    const { sent } = open('/account', {
      '/api/v1/auth/session/': json({
        user: { ...ada, firstName: undefined, lastName: undefined },
      }),
      [SESSIONS]: alone,
      '/api/v1/users/me/': json({ ...ada, firstName: 'Augusta' }),
    })
    // Who has given no name is known by the address.
    expect(await screen.findByRole('link', { name: ada.email })).toBeVisible()
    await fill({ 'First name': 'Augusta' })
    await press('Save')
    expect(await banner().findByText('Augusta Lovelace')).toBeVisible()
    expect(await sent('PATCH /api/v1/users/me/')).toEqual([{ firstName: 'Augusta', lastName: '' }])
  })

  test('changes the password, and then shows which sessions are left', async () => {
    const { answers, sent } = open('/account', {
      ...signedIn,
      [SESSIONS]: both,
      '/api/v1/auth/password-change/': () => {
        answers[SESSIONS] = alone
        return done()
      },
    })
    await screen.findByText('Safari on iPhone')
    await fill({ 'Current password': 'correct horse', 'New password': 'battery staple' })
    await press('Change the password')
    await waitFor(() => expect(screen.queryByText('Safari on iPhone')).not.toBeInTheDocument())
    expect(screen.getByLabelText('New password')).toHaveValue('')
    expect(await sent('POST /api/v1/auth/password-change/')).toEqual([
      { currentPassword: 'correct horse', newPassword: 'battery staple' },
    ])
  })

  test('shows where one is signed in, and ends a session elsewhere', async () => {
    const { answers } = open('/account', { ...signedIn, [SESSIONS]: both })
    await screen.findByText('Safari on iPhone')
    expect(row('Firefox on Linux')).toHaveTextContent('this one')
    expect(within(row('Firefox on Linux')).queryByRole('button')).not.toBeInTheDocument()
    answers['DELETE /api/v1/auth/sessions/b/'] = problem(500, { title: 'Broken' })
    await userEvent.click(within(row('Safari on iPhone')).getByRole('button'))
    expect(await screen.findByRole('alert')).toHaveTextContent('Broken')
    answers['DELETE /api/v1/auth/sessions/b/'] = () => {
      answers[SESSIONS] = alone
      return done()
    }
    await userEvent.click(within(row('Safari on iPhone')).getByRole('button'))
    await waitFor(() => expect(screen.queryByText('Safari on iPhone')).not.toBeInTheDocument())
    expect(screen.queryByRole('button', { name: /everywhere else/ })).not.toBeInTheDocument()
  })

  test('ends all sessions but this one', async () => {
    const { answers } = open('/account', { ...signedIn, [SESSIONS]: both })
    await screen.findByText('Safari on iPhone')
    answers[`${SESSIONS}end-others/`] = problem(500, { title: 'Broken' })
    await press('Sign out everywhere else')
    expect(await screen.findByRole('alert')).toHaveTextContent('Broken')
    answers[`${SESSIONS}end-others/`] = () => {
      answers[SESSIONS] = alone
      return done()
    }
    await press('Sign out everywhere else')
    await waitFor(() => expect(screen.queryByText('Safari on iPhone')).not.toBeInTheDocument())
  })

  test('says that sessions did not load, and asks again', async () => {
    const { answers } = open('/account', { ...signedIn, [SESSIONS]: problem(403, { title: 'No' }) })
    expect(await screen.findByRole('alert')).toHaveTextContent('No')
    answers[SESSIONS] = alone
    await press('Try again')
    expect(await screen.findByText('Firefox on Linux')).toBeVisible()
  })
})
