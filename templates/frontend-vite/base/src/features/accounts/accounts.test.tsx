import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import { browserName } from '@/features/accounts/browser-name'
import { away, config, json, problem, startBackend, type Answers } from '@/testing/backend'
import { ada, signedIn, signedOut } from '@/testing/people'
import { renderApp } from '@/testing/render-app'

const LOGIN = '/api/v1/auth/login/'
const SIGN_UP = '/api/v1/auth/sign-up/'
const VERIFY = '/api/v1/auth/verify-email/'
const RESEND = '/api/v1/auth/verify-email/resend/'
const RESET = '/api/v1/auth/password-reset/'
const CONFIRM = '/api/v1/auth/password-reset/confirm/'
const SESSIONS = '/api/v1/auth/sessions/'
const CONFIG = { '/api/v1/config/frontend/': json({ ...config, features: { signUp: true } }) }

const done = () => new Response(null, { status: 204 })
const accepted = json({}, 202)

function open(address: string, answers: Answers = {}) {
  const backend = startBackend({ ...CONFIG, ...answers })
  return { ...backend, ...renderApp(address) }
}

const heading = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name })
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }))
const fill = async (values: Record<string, string>) => {
  await screen.findByLabelText(Object.keys(values)[0] ?? '')
  const fields = Object.entries(values).map(([label, value]) => async () => {
    await userEvent.clear(screen.getByLabelText(label))
    await userEvent.type(screen.getByLabelText(label), value)
  })
  // One after the other, as a person would.
  await fields.reduce((before, field) => before.then(field), Promise.resolve())
}
const row = (name: string) => screen.getByText(name).closest('li') as HTMLElement
const banner = () => within(screen.getByRole('banner'))
const credentials = { 'E-mail address': ada.email, Password: 'correct horse' }

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
    await vi.waitFor(() => expect(router.state.location.pathname).toBe('/'))
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

describe('signing up', () => {
  const person = { 'E-mail address': ' new@harbour.test', Password: 'correct horse' }

  test('says where the mail went, and sends it again', async () => {
    const { sent } = open('/sign-up', { [SIGN_UP]: accepted, [RESEND]: accepted })
    await fill({ ...person, 'First name (optional)': 'Grace' })
    await press('Create the account')
    await heading('Look into your mailbox')
    expect(screen.getByText('new@harbour.test')).toBeVisible()
    expect(document.activeElement).toHaveTextContent('new@harbour.test')
    await press('Send it again')
    expect(await screen.findByText('Sent once more.')).toHaveRole('status')
    const email = 'new@harbour.test'
    expect(await sent(`POST ${SIGN_UP}`)).toEqual([
      { email, password: 'correct horse', firstName: 'Grace', lastName: '' },
    ])
    expect(await sent(`POST ${RESEND}`)).toEqual([{ email }])
  })

  test('says at the password what is wrong with it', async () => {
    open('/sign-up', {
      [SIGN_UP]: problem(400, { title: 'Bad request', errors: { password: ['Too common.'] } }),
    })
    await fill(person)
    await press('Create the account')
    expect(await screen.findByText('Too common.')).toBeVisible()
    expect(screen.getByLabelText('Password')).toHaveFocus()
  })

  test('says that the mail could not be sent again', async () => {
    open('/sign-up', { [SIGN_UP]: accepted, [RESEND]: problem(429, { title: 'Slow down' }) })
    await fill(person)
    await press('Create the account')
    await heading('Look into your mailbox')
    await press('Send it again')
    expect(await screen.findByRole('alert')).toHaveTextContent('Slow down')
  })

  test('is not there where nobody may', async () => {
    open('/sign-up', { '/api/v1/config/frontend/': json(config) })
    await heading('Nobody can sign up here')
    expect(screen.queryByLabelText('Password')).not.toBeInTheDocument()
  })
})

describe('the link that confirms an address', () => {
  test('does so when it is pressed, not when it is opened', async () => {
    const { sent } = open('/verify-email?token=t0', { [VERIFY]: done })
    await heading('Confirm your e-mail address')
    expect(await sent(`POST ${VERIFY}`)).toEqual([])
    await press('Confirm')
    await heading('Your address is confirmed')
    expect(await sent(`POST ${VERIFY}`)).toEqual([{ token: 't0' }])
  })

  test('that is too old says so, and leads to a new one', async () => {
    const errors = { token: ['It is too old.'] }
    const refused = problem(400, { title: 'Bad request', errors })
    open('/verify-email?token=t0', { [VERIFY]: refused, [RESEND]: accepted })
    await heading('Confirm your e-mail address')
    await press('Confirm')
    expect(await screen.findByRole('alert')).toHaveTextContent('It is too old.')
    await fill({ 'E-mail address': ada.email })
    await press('Send a new link')
    expect(await heading('Look into your mailbox')).toBeVisible()
  })

  test('without its end leads to a new one', async () => {
    open('/verify-email')
    expect(await screen.findByRole('button', { name: 'Send a new link' })).toBeVisible()
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  })

  test('can be pressed again where the backend fails', async () => {
    const { answers } = open('/verify-email?token=t0', { [VERIFY]: away })
    await heading('Confirm your e-mail address')
    await press('Confirm')
    expect(await screen.findByRole('alert')).toHaveTextContent('does not answer')
    answers[VERIFY] = done
    await press('Confirm')
    await heading('Your address is confirmed')
  })
})

describe('a forgotten password', () => {
  test('is asked for by address', async () => {
    const { sent } = open('/forgotten-password', { [RESET]: accepted })
    await fill({ 'E-mail address': 'nobody' })
    await press('Send the link')
    expect(await screen.findByText('This is no e-mail address.')).toBeVisible()
    await fill({ 'E-mail address': ada.email })
    await press('Send the link')
    await heading('Look into your mailbox')
    expect(await sent(`POST ${RESET}`)).toEqual([{ email: ada.email }])
  })

  test('is replaced by the link in the mail', async () => {
    const { sent } = open('/reset-password?token=t0', { [CONFIRM]: done })
    await fill({ 'New password': 'battery staple' })
    await press('Change the password')
    await heading('Your password is changed')
    expect(await sent(`POST ${CONFIRM}`)).toEqual([{ token: 't0', newPassword: 'battery staple' }])
  })

  test.each(['/reset-password?token=t0', '/reset-password'])(
    'is not by a link that is no good: %s',
    async (address) => {
      const errors = { token: ['This link is no good any more.'] }
      open(address, { [CONFIRM]: problem(400, { title: 'Bad request', errors }) })
      await fill({ 'New password': 'battery staple' })
      await press('Change the password')
      expect(await screen.findByRole('alert')).toHaveTextContent('This link is no good any more.')
      expect(screen.getByRole('link', { name: 'Have a new link sent' })).toBeVisible()
    },
  )
})

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
    await vi.waitFor(() => expect(screen.queryByText('Safari on iPhone')).not.toBeInTheDocument())
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
    await vi.waitFor(() => expect(screen.queryByText('Safari on iPhone')).not.toBeInTheDocument())
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
    await vi.waitFor(() => expect(screen.queryByText('Safari on iPhone')).not.toBeInTheDocument())
  })

  test('says that sessions did not load, and asks again', async () => {
    const { answers } = open('/account', { ...signedIn, [SESSIONS]: problem(403, { title: 'No' }) })
    expect(await screen.findByRole('alert')).toHaveTextContent('No')
    answers[SESSIONS] = alone
    await press('Try again')
    expect(await screen.findByText('Firefox on Linux')).toBeVisible()
  })
})

test.each([
  ['Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537 Edg/130', 'Edge on Windows'],
  ['Mozilla/5.0 (Linux; Android 15) Chrome/130 Safari/537', 'Chrome on Android'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18 Safari/605', 'Safari on macOS'],
  ['curl/8', 'Some browser'],
])('%s is called %s', (userAgent, name) => {
  expect(browserName(userAgent)).toBe(name)
})
