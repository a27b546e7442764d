import { expect, test } from '@playwright/test'
import { dev } from '../project.ts'

// Hot reload loads the page anew once a server that was away is back.
for (const service of ['proxy', 'frontend', 'backend']) {
  test(`what is typed outlives a restart of the ${service}`, async ({ page }) => {
    await page.goto('/sign-up')
    await page.getByLabel('First name (optional)').fill('Ada')
    await page.getByLabel('E-mail address').fill('ada@example.test')
    await page.getByLabel('Password').fill('not to be kept')
    const loaded = await page.evaluate('performance.timeOrigin')
    await dev(['restart', service])
    if (service !== 'backend') {
      await expect.poll(() => page.evaluate('performance.timeOrigin').catch(() => loaded)).not.toBe(loaded)
    }
    await expect(page.getByLabel('First name (optional)')).toHaveValue('Ada')
    await expect(page.getByLabel('E-mail address')).toHaveValue('ada@example.test')
    expect(await page.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })')).not.toContain('not to be kept')
  })
}
