/** What axe complains of on a page. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Of the page as it is shown now, light and dark. @returns a line for each violation, with what it was looking at */
export async function complaintsOf(page: Page, what: string): Promise<string[]> {
  await page.evaluate(axe)
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    // Still, since axe would look at a text that is just appearing.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const violations = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>('axe.run().then((result) => result.violations)')
    found.push(...violations.map(({ id, nodes }) => `${what}, ${colorScheme}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`))
  }
  return found
}
