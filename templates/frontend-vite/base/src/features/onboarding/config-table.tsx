/** The runtime configuration as it arrived, for whoever wonders which values are in force. */
import type { RuntimeConfig } from '@/shared/api/types'
import styles from './config-table.module.css'

export function ConfigTable({ config }: { readonly config: RuntimeConfig }) {
  // The links are shown elsewhere on the page.
  const { links: _, features, ...values } = config
  const { others, ...named } = features
  const rows = Object.entries({ ...values, features: { ...named, ...others } }).flatMap(flatten)
  return (
    <dl className={styles.table}>
      {rows.map(([key, value]) => (
        <div key={key} className={styles.row}>
          <dt>{key}</dt>
          <dd data-type={typeof value}>{format(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** features.signup rather than a table within a table. */
function flatten([key, value]: [string, unknown]): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[key, value]]
  return Object.entries(value).flatMap(([inner, each]) => flatten([`${key}.${inner}`, each]))
}

function format(value: unknown): string {
  if (value === '' || value === null) return '—'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
