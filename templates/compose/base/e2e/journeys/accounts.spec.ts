import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { createPerson, mailedLink, newPerson, removePerson, signIn } from '../people.ts'

const person = newPerson()

test.afterEach(() => removePerson(person))

test('somebody signs up, opens the link in the mail, changes the password and signs out', async ({ page }) => {
  await page.goto('/sign-up')
  await page.getByLabel('First name (optional)').fill('Ada')
  await page.getByLabel('E-mail address').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Create the account' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look into your mailbox')

  await page.goto(await mailedLink(person, '/verify-email'))
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your address is confirmed')
  await signIn(page, person)

  await page.getByRole('link', { name: 'Ada' }).click()
  const password = randomUUID()
  await page.getByLabel('Current password').fill('not the one')
  await page.getByLabel('New password').fill(password)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByLabel('Current password')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Current password').fill(person.password)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('Your password is changed')).toBeVisible()

  await page.getByRole('button', { name: 'Sign out' }).last().click()
  await expect(page.getByLabel('E-mail address')).toBeVisible()
  await signIn(page, { ...person, password })
})

test('a forgotten password is replaced by the link in the mail, once', async ({ page }) => {
  await createPerson(person)
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgotten your password?' }).click()
  // The page before has a field of the same name.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Forgotten your password?')
  await page.getByLabel('E-mail address').fill(person.email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look into your mailbox')

  const link = await mailedLink(person, '/reset-password')
  const password = randomUUID()
  await page.goto(link)
  await page.getByLabel('New password').fill(password)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your password is changed')
  await signIn(page, { ...person, password })

  await page.goto(link)
  await page.getByLabel('New password').fill(randomUUID())
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
})
