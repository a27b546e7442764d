/** Holds the place of what is being loaded, so that nothing moves when it comes. */
import styles from './skeleton.module.css'

interface Props {
  /** Any CSS length. */
  readonly width?: string
  readonly height?: string
}

export function Skeleton({ width = '100%', height = '1lh' }: Props) {
  return <span className={styles.skeleton} style={{ width, height }} aria-hidden="true" />
}
