/** What axe complains of on a page, as it is shown now. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const SCHEMES = ['light', 'dark'] as const

/** @returns a line for each violation, with what it was looking at */
export async function complaintsOf(page: Page, what: string): Promise<string[]> {
  await page.evaluate(axe)
  const violations = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>('axe.run().then((result) => result.violations)')
  return violations.map(({ id, nodes }) => `${what}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
