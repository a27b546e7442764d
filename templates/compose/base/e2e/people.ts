/** Users for journeys: each made and removed by the backend's own means, and what was mailed to them. */
import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { dev } from './project.ts'

export interface Person {
  readonly email: string
  readonly password: string
}

/** Nobody yet: an address and a password that no other journey has. */
export const newPerson = (): Person => ({ email: `e2e-${randomUUID()}@example.test`, password: randomUUID() })

/** Somebody who can sign in. */
export async function createPerson(person: Person): Promise<void> {
  await inShell(`get_user_model().objects.create_user(${JSON.stringify(person.email)}, ${JSON.stringify(person.password)})`)
}

/** With all that is theirs. */
export async function removePerson({ email }: Person): Promise<void> {
  await inShell(`get_user_model().objects.filter(email=${JSON.stringify(email)}).delete()`)
}

export async function signIn(page: Page, { email, password }: Person): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
}

/** The newest link to `path` that was mailed to somebody: in development a mail is written to the backend's log. */
export async function mailedLink({ email }: Person, path: string): Promise<string> {
  let link: string | undefined
  await expect
    .poll(async () => {
      const mails = (await dev(['logs', '--no-log-prefix', '--no-color', '--tail', '1000', 'backend'])).split(/^.*Content-Type: text\/plain/m)
      const mail = mails.findLast((text) => text.includes(`To: ${email}`) && text.includes(path))
      link = mail?.match(new RegExp(`https?://[^\\s/]+(${path}#\\S+)`))?.[1]
      return link
    })
    .toBeTruthy()
  return link ?? ''
}

async function inShell(statement: string): Promise<void> {
  await dev(['manage', 'shell', '-c', `from django.contrib.auth import get_user_model; ${statement}`])
}
