/** Colours, type and spacing: each by the name that it has in tokens.css. */
import type { CSSProperties } from 'react'
import { Section } from './section'
import styles from './design-system.module.css'

const colours = [
  ['canvas', 'behind everything'],
  ['surface', 'cards, fields'],
  ['sunken', 'code, hover'],
  ['raised', 'on a sunken ground'],
  ['line', 'dividers'],
  ['line-strong', 'edges of buttons'],
  ['wire', 'edges that carry meaning'],
  ['text', 'text'],
  ['text-soft', 'what is said beside'],
  ['accent', 'links, the one action'],
  ['accent-strong', 'the same, pointed at'],
  ['on-accent', 'text on it'],
  ['accent-surface', 'what is chosen'],
  ['good', 'well'],
  ['bad', 'wrong'],
  ['bad-surface', 'behind what is wrong'],
  ['bad-line', 'around what is wrong'],
] as const

export function Colours() {
  return (
    <Section title="Colours">
      <ul className={styles.colours} role="list">
        {colours.map(([name, use]) => (
          <li key={name}>
            <span
              className={styles.swatch}
              style={{ '--swatch': `var(--${name})` } as CSSProperties}
            />
            <code>--{name}</code>
            <span>{use}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const sizes = ['text-title', 'text-lead', 'text-body', 'text-label', 'text-small'] as const

export function Type() {
  return (
    <Section title="Type">
      <ul className={styles.rows} role="list">
        {sizes.map((name) => (
          <li key={name}>
            <code>--{name}</code>
            <span style={{ fontSize: `var(--${name})` }}>Calm, and quick to read</span>
          </li>
        ))}
        <li>
          <code>--mono</code>
          <span style={{ fontFamily: 'var(--mono)' }}>./docker-dev.sh start</span>
        </li>
      </ul>
    </Section>
  )
}

const spaces = [1, 2, 3, 4, 6, 8, 12] as const

export function Spacing() {
  return (
    <Section title="Spacing">
      <ul className={styles.rows} role="list">
        {spaces.map((step) => (
          <li key={step}>
            <code>--space-{step}</code>
            <span className={styles.bar} style={{ width: `var(--space-${step})` }} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
