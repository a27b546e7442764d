/** For each part that is to blame, where to look. */
import { CopyCommand } from '@/shared/ui/copy-command'
import { culprits, type Stack } from './stack'
import styles from './hints.module.css'

export function Hints({ stack }: { readonly stack: Stack }) {
  const down = culprits(stack)
  if (down.length === 0) return null
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
    </ul>
  )
}
