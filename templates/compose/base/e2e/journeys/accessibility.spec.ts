import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { expect, test } from '@playwright/test'
import { createPerson, newPerson, removePerson, signIn } from '../people.ts'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const person = newPerson()

test.beforeAll(() => createPerson(person))
test.afterAll(() => removePerson(person))

const forVisitors = ['/', '/sign-in', '/sign-up', '/forgotten-password', '/reset-password', '/verify-email', '/design-system', '/no-such-page']
const forUsers = ['/account']

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any page: ${colorScheme}`, async ({ page }) => {
    // Still, since axe would look at a text that is just appearing.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const found: string[] = []
    const look = async (address: string) => {
      await page.goto(address)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await page.evaluate(axe)
      const violations = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>('axe.run().then((result) => result.violations)')
      found.push(...violations.map(({ id, nodes }) => `${address}: ${id}: ${nodes[0]?.html}`))
    }
    for (const address of forVisitors) await look(address)
    await signIn(page, person)
    for (const address of forUsers) await look(address)
    expect(found).toEqual([])
  })
}
