/** The runtime configuration as it arrived, folded; what differs from the defaults is told apart. */
import { RUNTIME_CONFIG_URL } from '@/features/runtime-config/runtime-config-context'
import type { RuntimeConfig } from '@/shared/api/types'
import styles from './config-table.module.css'

/** What a project has that changed nothing in .env. The name is always its own. */
const defaults: Readonly<Record<string, unknown>> = {
  schemaVersion: 1,
  environment: 'development',
  apiBaseUrl: '/api/v1',
  supportEmail: null,
  'features.apiDocs': true,
  'features.maintenance': false,
}

export function ConfigTable({ config }: { readonly config: RuntimeConfig }) {
  // The links are shown elsewhere on the page.
  const { links: _, features, ...values } = config
  const { others, ...named } = features
  const rows = Object.entries({ ...values, features: { ...named, ...others } }).flatMap(flatten)
  const changed = rows.filter(([key, value]) => isChanged(key, value)).length
  return (
    <details className={styles.config}>
      <summary>
        {rows.length} values
        <span className={styles.count}>
          {changed === 0 ? 'all at their defaults' : `${changed} changed`}
        </span>
      </summary>
      <dl>
        {rows.map(([key, value]) => (
          <div key={key} className={styles.row} data-changed={isChanged(key, value)}>
            <dt>{key}</dt>
            <dd data-type={typeof value}>{format(value)}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>
        Read from <a href={RUNTIME_CONFIG_URL}>{RUNTIME_CONFIG_URL}</a> before the first render. To
        change a value, edit <code>.env</code> and restart the backend.
      </p>
    </details>
  )
}

function isChanged(key: string, value: unknown): boolean {
  return key in defaults && defaults[key] !== value
}

/** features.signup rather than a table within a table. */
function flatten([key, value]: [string, unknown]): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[key, value]]
  return Object.entries(value).map(([inner, each]) => [`${key}.${inner}`, each])
}

function format(value: unknown): string {
  if (value === null) return '—'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
