import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { dev } from '../project.ts'

const email = `e2e-${randomUUID()}@example.test`
const password = randomUUID()

test.beforeAll(() =>
  dev(['superuser', '--noinput'], { DJANGO_SUPERUSER_EMAIL: email, DJANGO_SUPERUSER_PASSWORD: password }),
)
test.afterAll(() =>
  dev([
    'manage',
    'shell',
    '-c',
    `from django.contrib.auth import get_user_model; get_user_model().objects.filter(email="${email}").delete()`,
  ]),
)

test('an administrator signs in to the admin and out again', async ({ page }) => {
  await page.goto('/admin/')
  await page.locator('input[name=username]').fill(email)
  await page.locator('input[name=password]').fill(password)
  await page.locator('[type=submit]').click()
  await expect(page.locator('#user-tools')).toContainText(/log out/i)
  await page.locator('#logout-form [type=submit]').click()
  await page.goto('/admin/')
  await expect(page.locator('input[name=username]')).toBeVisible()
})
