import { expect, test } from '@playwright/test'

test('the first page shows every part of the stack healthy, without a complaint', async ({ page }) => {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('is running')
  for (const part of ['Proxy', 'Frontend', 'Backend', 'Database', 'Cache']) {
    const item = page.getByRole('listitem').filter({ hasText: part }).first()
    await expect(item).toContainText('healthy')
  }
  expect(complaints).toEqual([])
})

test('an address without a page leads on', async ({ page }) => {
  await page.goto('/desing-system')
  await page.getByRole('link', { name: '/design-system' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Design system')
})
