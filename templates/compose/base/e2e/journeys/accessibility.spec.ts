import { expect, test } from '@playwright/test'
import { complaintsOf } from '../axe.ts'
import { createPerson, newPerson, removePerson, signIn } from '../people.ts'

const person = newPerson()

test.beforeAll(() => createPerson(person))
test.afterAll(() => removePerson(person))

/** For visitors: an address and, of a form, the button that sends it: empty, it is shown with what is wrong. */
const pages: readonly (readonly [address: string, button?: string])[] = [
  ['/'],
  ['/sign-in', 'Sign in'],
  ['/sign-up', 'Create the account'],
  ['/forgotten-password', 'Send the link'],
  ['/reset-password'],
  ['/reset-password#token=none', 'Change the password'],
  ['/verify-email'],
  ['/design-system'],
  ['/no-such-page'],
]

test('axe finds nothing on any page', async ({ page }) => {
  const found: string[] = []
  const look = async (address: string, button?: string) => {
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    found.push(...(await complaintsOf(page, address)))
    if (button === undefined) return
    await page.getByRole('button', { name: button }).click()
    await expect(page.locator('[aria-invalid=true]').first()).toBeVisible()
    found.push(...(await complaintsOf(page, `${address} in error`)))
  }
  for (const [address, button] of pages) await look(address, button)
  await signIn(page, person)
  await look('/account', 'Change the password')
  expect(found).toEqual([])
})
