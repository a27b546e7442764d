import { expect, test } from '@playwright/test'
import { dev } from '../project.ts'

test.afterEach(() => dev(['restart', 'backend']))

test('what the environment says is there on the next load, without a build', async ({ page }) => {
  await dev(['restart', 'backend'], { FRONTEND_APP_NAME: 'Harbour' })
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Harbour is running')
})
