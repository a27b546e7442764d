/** What to do: for each part that is to blame where to look, and what brings database and checkout together again. */
import { CopyCommand } from '@/shared/ui/copy-command'
import type { Schemas } from '@/shared/api/api'
import { culprits, type Stack } from './stack'
import styles from './hints.module.css'

interface Props {
  readonly stack: Stack
  readonly migrations: readonly Schemas['Difference'][]
}

export function Hints({ stack, migrations }: Props) {
  const down = culprits(stack)
  if (down.length + migrations.length === 0) return null
  return (
    <ul className={styles.hints} role="list" aria-label="What to do">
      {down.map(({ part, error }) => (
        <li key={part.id} className={styles.hint}>
          <p>
            <strong>{part.name}</strong> {error ?? 'is not healthy'}. Its log says why:
          </p>
          <CopyCommand command={`./docker-dev.sh logs ${part.service ?? part.id}`} />
        </li>
      ))}
      {migrations.map(({ what, command }) => (
        <li key={what} className={styles.hint}>
          <p>{what}. What helps:</p>
          <CopyCommand command={command} />
        </li>
      ))}
    </ul>
  )
}
