import { cleanup, screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { away, config, json, problem, type Answers } from '@/testing/backend'
import { ada } from '@/testing/people'
import { fill, heading, press, openApp } from '@/testing/steps'

const SIGN_UP = '/api/v1/auth/sign-up/'
const VERIFY = '/api/v1/auth/verify-email/'
const RESEND = '/api/v1/auth/verify-email/resend/'
const RESET = '/api/v1/auth/password-reset/'
const CONFIRM = '/api/v1/auth/password-reset/confirm/'
const CONFIG = { '/api/v1/config/frontend/': json({ ...config, features: { signUp: true } }) }
const done = () => new Response(null, { status: 204 })
const accepted = json({}, 202)

const open = (address: string, answers: Answers = {}) => openApp(address, { ...CONFIG, ...answers })

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
    const { sent } = open('/verify-email#token=t0', { [VERIFY]: done })
    await heading('Confirm your address')
    expect(await sent(`POST ${VERIFY}`)).toEqual([])
    await press('Confirm')
    await heading('Your address is confirmed')
    expect(await sent(`POST ${VERIFY}`)).toEqual([{ token: 't0' }])
  })

  test('that is too old says so, and leads to a new one', async () => {
    const errors = { token: ['It is too old.'] }
    const refused = problem(400, { title: 'Bad request', errors })
    open('/verify-email#token=t0', { [VERIFY]: refused, [RESEND]: accepted })
    await heading('Confirm your address')
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
    const { answers } = open('/verify-email#token=t0', { [VERIFY]: away })
    await heading('Confirm your address')
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

  test('is asked for by an address that outlives a reload of the page', async () => {
    open('/forgotten-password')
    await fill({ 'E-mail address': ada.email })
    cleanup()
    open('/forgotten-password')
    expect(await screen.findByLabelText('E-mail address')).toHaveValue(ada.email)
  })

  test('is replaced by the link in the mail', async () => {
    const { sent } = open('/reset-password#token=t0', { [CONFIRM]: done })
    await fill({ 'New password': 'battery staple' })
    await press('Change the password')
    await heading('Your password is changed')
    expect(await sent(`POST ${CONFIRM}`)).toEqual([{ token: 't0', newPassword: 'battery staple' }])
  })

  test.each(['/reset-password#token=t0', '/reset-password'])(
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
