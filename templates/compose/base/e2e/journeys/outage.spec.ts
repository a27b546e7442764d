import { expect, test } from '@playwright/test'
import { dev } from '../project.ts'

test.afterEach(() => dev(['start']))

test('the backend goes and comes back: the page says so, and goes on by itself', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('is running')
  await dev(['stop', 'backend'])
  await expect(page.getByRole('heading', { level: 1 })).toContainText('needs attention')
  await expect(page.getByRole('list', { name: 'What to do' })).toContainText('logs backend')
  await dev(['start'])
  await expect(page.getByRole('heading', { level: 1 })).toContainText('is running')
})
