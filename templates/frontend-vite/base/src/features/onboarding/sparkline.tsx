/** The last measurements as a small line. Decoration for the eye: the number beside it says what counts. */
import styles from './stack-map.module.css'

const [WIDTH, HEIGHT] = [40, 14]

export function Sparkline({ samples }: { readonly samples: readonly number[] }) {
  if (samples.length < 3) return null
  // From zero, so that a tremble of a millisecond does not look like an earthquake.
  const highest = Math.max(...samples, 4)
  const points = samples.map((ms, index) => {
    const x = (index / (samples.length - 1)) * WIDTH
    return `${x.toFixed(1)},${(HEIGHT - (ms / highest) * (HEIGHT - 2) - 1).toFixed(1)}`
  })
  return (
    <svg className={styles.sparkline} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  )
}
