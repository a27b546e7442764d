/** How the page knows what it shows: told as it happens, or asked, and when last. */
import { useEffect, useState } from 'react'
import styles from './freshness.module.css'

interface Props {
  readonly live: boolean
  readonly updatedAt: number
}

export function Freshness({ live, updatedAt }: Props) {
  return (
    <p className={styles.freshness} data-live={live} title={live ? told : asked}>
      <span className={styles.dot} aria-hidden="true" />
      {live ? 'Live' : <Ago since={updatedAt} />}
    </p>
  )
}

const told = 'The backend tells of each change as it happens.'
const asked = 'The page asks every few seconds.'

function Ago({ since }: { readonly since: number }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  if (!since) return 'Asking…'
  const seconds = Math.max(0, Math.round((now - since) / 1000))
  return seconds < 2 ? 'Updated just now' : `Updated ${seconds} s ago`
}
