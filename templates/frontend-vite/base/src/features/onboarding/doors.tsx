/** The ways on from here: the backend's own pages, and the logs. */
import { useRuntimeConfig } from '@/features/runtime-config/runtime-config-context'
import { CopyCommand } from '@/shared/ui/copy-command'
import styles from './doors.module.css'

export function Doors() {
  const { features, links } = useRuntimeConfig()
  return (
    <nav className={styles.doors} aria-label="Tools">
      <a href={links.admin}>Admin</a>
      {features.apiDocs && <a href={links.apiDocs}>API docs</a>}
      {features.apiDocs && <a href={links.schema}>OpenAPI schema</a>}
      <span className={styles.logs}>
        <CopyCommand command="./docker-dev.sh logs" />
      </span>
    </nav>
  )
}
