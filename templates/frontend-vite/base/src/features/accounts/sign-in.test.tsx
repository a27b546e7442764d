import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { away, config, json, problem, type Answers } from '@/testing/backend'
import { ada, signedIn, signedOut } from '@/testing/people'
import { fill, heading, press, openApp } from '@/testing/steps'

const LOGIN = '/api/v1/auth/login/'
const SESSIONS = '/api/v1/auth/sessions/'
const CONFIG = { '/api/v1/config/frontend/': json({ ...config, features: { signUp: true } }) }
const done = () => new Response(null, { status: 204 })
const banner = () => within(screen.getByRole('banner'))
const credentials = { 'E-mail address': ada.email, Password: 'correct horse' }

const open = (address: string, answers: Answers = {}) => openApp(address, { ...CONFIG, ...answers })

describe('signing in', () => {
  test('leads back to the page that asked for it, and the header says who it is', async () => {
    const { answers, router, sent } = open('/account?tab=1', { [SESSIONS]: json([]) })
    await heading('Sign in')
    expect(router.state.location.search).toBe('?next=%2Faccount%3Ftab%3D1')
    answers[LOGIN] = () => {
      Object.assign(answers, signedIn)
      return json(ada)()
    }
    await fill(credentials)
    await press('Sign in')
    await heading('Your account')
    expect(router.state.location).toMatchObject({ pathname: '/account', search: '?tab=1' })
    expect(banner().getByRole('link', { name: 'Ada Lovelace' })).toBeVisible()
    expect(await sent(`POST ${LOGIN}`)).toEqual([{ email: ada.email, password: 'correct horse' }])
  })

  test('with a wrong password says so, and keeps the address', async () => {
    open('/sign-in', { [LOGIN]: problem(401, { title: 'Unauthorized', detail: 'It is wrong.' }) })
    await fill(credentials)
    await press('Sign in')
    expect(await screen.findByRole('alert')).toHaveTextContent('It is wrong.')
    expect(screen.getByLabelText('E-mail address')).toHaveValue(ada.email)
  })

  test('keeps the address over a reload of the page, and never the password', async () => {
    open('/sign-in')
    await fill(credentials)
    cleanup()
    open('/sign-in')
    expect(await screen.findByLabelText('E-mail address')).toHaveValue(ada.email)
    expect(screen.getByLabelText('Password')).toHaveValue('')
  })

  test('is offered by the header of every page, which it then leads back to', async () => {
    open('/no/such?page=1')
    const link = await screen.findByRole('link', { name: 'Sign in' })
    expect(link).toHaveAttribute('href', '/sign-in?next=%2Fno%2Fsuch%3Fpage%3D1')
    await userEvent.click(link)
    await heading('Sign in')
    expect(banner().getByRole('link', { name: 'Sign in' })).toHaveAttribute(
      'href',
      '/sign-in?next=%2Fno%2Fsuch%3Fpage%3D1',
    )
  })

  test('is not asked of who is signed in, and never leads to another site', async () => {
    const { router } = open('/sign-in?next=https://evil.test/', signedIn)
    await waitFor(() => expect(router.state.location.pathname).toBe('/'))
  })

  test('has no way to an account where nobody may have one', async () => {
    open('/sign-in', { '/api/v1/config/frontend/': json(config) })
    await heading('Sign in')
    expect(screen.queryByRole('link', { name: 'Create an account' })).not.toBeInTheDocument()
  })
})

describe('signing out', () => {
  const LOGOUT = '/api/v1/auth/logout/'

  test('leaves what is for users, and tells nothing of it any more', async () => {
    const { answers } = open('/account', { ...signedIn, [SESSIONS]: json([]), [LOGOUT]: done })
    await heading('Your account')
    Object.assign(answers, signedOut)
    await press('Sign out')
    await heading('Sign in')
    expect(screen.queryByText(ada.email)).not.toBeInTheDocument()
  })

  test('without a session is done', async () => {
    const { answers } = open('/account', {
      ...signedIn,
      [SESSIONS]: json([]),
      [LOGOUT]: problem(401, { title: 'Unauthorized' }),
    })
    await heading('Your account')
    Object.assign(answers, signedOut)
    await press('Sign out')
    expect(await heading('Sign in')).toBeVisible()
  })

  test('that fails says that one is still signed in', async () => {
    open('/account', { ...signedIn, [SESSIONS]: json([]), [LOGOUT]: away })
    await heading('Your account')
    await press('Sign out')
    expect(await screen.findAllByText('You are still signed in')).not.toHaveLength(0)
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Your account')
  })
})
