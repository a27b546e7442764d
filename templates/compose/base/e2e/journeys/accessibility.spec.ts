import { expect, test } from '@playwright/test'
import { complaintsOf, SCHEMES } from '../axe.ts'
import { createPerson, newPerson, removePerson, signIn } from '../people.ts'

const person = newPerson()

test.beforeAll(() => createPerson(person))
test.afterAll(() => removePerson(person))

const forVisitors = ['/', '/sign-in', '/sign-up', '/forgotten-password', '/reset-password', '/verify-email', '/design-system', '/no-such-page']

/** A form's address, and the button that sends it: empty, it is shown with what is wrong. */
const forms = [
  ['/sign-in', 'Sign in'],
  ['/sign-up', 'Create the account'],
  ['/forgotten-password', 'Send the link'],
  ['/reset-password#token=none', 'Change the password'],
] as const

for (const colorScheme of SCHEMES) {
  test(`axe finds nothing on any page: ${colorScheme}`, async ({ page }) => {
    // Still, since axe would look at a text that is just appearing.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const found: string[] = []
    const open = async (address: string) => {
      await page.goto(address)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    }
    const sendEmpty = async (address: string, button: string) => {
      await page.getByRole('button', { name: button }).click()
      await expect(page.locator('[aria-invalid=true]').first()).toBeVisible()
      found.push(...(await complaintsOf(page, `${address} in error`)))
    }
    for (const address of forVisitors) {
      await open(address)
      found.push(...(await complaintsOf(page, address)))
    }
    for (const [address, button] of forms) {
      await open(address)
      await sendEmpty(address, button)
    }
    await signIn(page, person)
    await open('/account')
    found.push(...(await complaintsOf(page, '/account')))
    await sendEmpty('/account', 'Change the password')
    expect(found).toEqual([])
  })
}
