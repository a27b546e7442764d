/** For each part that is down, where to look. */
import { CopyCommand } from '@/shared/ui/copy-command'
import { parts, unhealthyParts, type Stack } from './stack'
import styles from './hints.module.css'

export function Hints({ stack }: { readonly stack: Stack }) {
  const down = unhealthyParts(stack)
  if (down.length === 0) return null
  return (
    <ul className={styles.hints} aria-label="What to do">
      {down.map(([id, { error }]) => (
        <li key={id} className={styles.hint}>
          <p>
            <strong>{parts[id].name}</strong> {error ?? 'is not healthy'}. Its log says why:
          </p>
          <CopyCommand command={`./docker-dev.sh logs ${parts[id].service}`} />
        </li>
      ))}
    </ul>
  )
}
