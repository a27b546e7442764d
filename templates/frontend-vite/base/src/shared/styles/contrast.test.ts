// @vitest-environment node
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'

const css = await readFile(new URL('tokens.css', import.meta.url), 'utf8')

/** What WCAG asks for: 7:1 for text at level AAA, 4.5:1 at AA, 3:1 for lines that carry meaning. */
describe.each(['light', 'dark'] as const)('in %s mode', (mode) => {
  test.each([
    ['text', 'canvas', 7],
    ['text', 'surface', 7],
    ['text-soft', 'canvas', 7],
    ['text-soft', 'surface', 7],
    ['text-soft', 'sunken', 7],
    ['accent', 'canvas', 4.5],
    ['accent', 'surface', 4.5],
    ['accent', 'accent-surface', 4.5],
    ['on-accent', 'accent', 4.5],
    ['on-accent', 'accent-strong', 4.5],
    ['bad', 'surface', 4.5],
    ['bad', 'bad-surface', 4.5],
    ['good', 'canvas', 4.5],
    ['text-soft', 'raised', 7],
    ['wire', 'surface', 3],
    ['wire', 'sunken', 3],
  ])('--%s on --%s has a contrast of at least %d to 1', (front, back, least) => {
    expect(contrast(colour(front, mode), colour(back, mode))).toBeGreaterThanOrEqual(least)
  })
})

function colour(name: string, mode: 'light' | 'dark'): string {
  const [, light = '', dark = ''] =
    new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css) ?? []
  return mode === 'light' ? light : dark
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
