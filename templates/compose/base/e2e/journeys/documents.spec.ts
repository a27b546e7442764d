import { expect, test } from '@playwright/test'
import { complaintsOf } from '../axe.ts'
import { createPerson, newPerson, removePerson, signIn } from '../people.ts'

const person = newPerson()

test.beforeAll(() => createPerson(person))
test.afterAll(() => removePerson(person))

test('a document is written, found, given a file, changed and deleted', async ({ page }) => {
  await signIn(page, person)
  await page.getByRole('link', { name: 'Documents' }).click()
  await page.getByRole('link', { name: 'New document' }).click()
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByLabel('Title')).toBeFocused()
  await expect(page.getByText('Give it a title.')).toBeVisible()
  await page.getByLabel('Title').fill('Plan')
  await page.getByLabel('Text').fill('A line about harbours')
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Plan')

  // What only the backend can know stands at its field too.
  await page.goto('/documents/new')
  await page.getByLabel('Title').fill('plan')
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByLabel('Title')).toHaveAttribute('aria-invalid', 'true')
  await page.getByRole('link', { name: 'Cancel' }).click()

  await page.getByLabel('Search').fill('no such thing')
  await expect(page.getByText('Nothing matches')).toBeVisible()
  await page.getByLabel('Search').fill('harbours')
  await page.getByRole('link', { name: 'Plan' }).click()

  await page.locator('input[type=file]').setInputFiles({
    name: 'notes.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Notes'),
  })
  await expect(page.getByRole('link', { name: 'notes.txt' })).toBeVisible()

  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByLabel('Title').fill('Plan B')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Plan B')

  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete it' }).click()
  await expect(page.getByText('Document deleted')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Plan B' })).toHaveCount(0)
})

test('with the keyboard alone', async ({ page }) => {
  await signIn(page, person)
  await page.goto('/documents/new')
  await page.getByLabel('Title').focus()
  await page.keyboard.type('Typed')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Without a mouse')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect(page.getByRole('checkbox')).toBeChecked()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Typed')
  // The focus follows to the new page, so that the next key is for it.
  await expect(page.locator('#content')).toBeFocused()
})

test('axe finds nothing on their pages', async ({ page }) => {
  await signIn(page, person)
  const found: string[] = []
  const look = async (what: string) => found.push(...(await complaintsOf(page, what)))
  await page.goto('/documents/new')
  await expect(page.getByRole('button', { name: 'Create' })).toBeVisible()
  await look('the form')
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByText('Give it a title.')).toBeVisible()
  await look('the form in error')
  await page.getByLabel('Title').fill('Looked at')
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Looked at')
  await look('a document')
  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('button', { name: 'Delete it' })).toBeVisible()
  await look('the question')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Documents', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Looked at' })).toBeVisible()
  await look('the list')
  await page.getByLabel('Search').fill('no such thing')
  await expect(page.getByText('Nothing matches')).toBeVisible()
  await look('the list without anything')
  expect(found).toEqual([])
})
