/** What does something when it is pressed. A link that looks like one: <ButtonLink>. */
import type { ComponentProps } from 'react'
import { Link, type LinkProps } from 'react-router'
import styles from './button.module.css'

interface Look {
  /** `primary`: the one that most people came for; at most one in sight. */
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger'
}

interface Props extends ComponentProps<'button'>, Look {
  /** What it started is not done: it says so, and does nothing more until then. It keeps the focus. */
  readonly busy?: boolean
}

export function Button({ variant = 'secondary', busy = false, onClick, ...props }: Props) {
  return (
    <button
      type="button"
      {...props}
      className={styles.button}
      data-variant={variant}
      aria-busy={busy}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    />
  )
}

export function ButtonLink({ variant = 'secondary', ...props }: LinkProps & Look) {
  return <Link {...props} className={styles.button} data-variant={variant} />
}
