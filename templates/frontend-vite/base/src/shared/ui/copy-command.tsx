/** A line to type in a terminal, with a button that copies it. */
import { useEffect, useRef, useState, type ReactNode } from 'react'
import styles from './copy-command.module.css'

interface Props {
  readonly command: string
  /** A file rather than a command: shown without the prompt. */
  readonly plain?: boolean
}

type Outcome = 'copied' | 'failed'

export function CopyCommand({ command, plain = false }: Props) {
  const [outcome, setOutcome] = useState<Outcome>()
  const text = useRef<HTMLElement>(null)

  useEffect(() => {
    if (!outcome) return undefined
    const timer = setTimeout(() => setOutcome(undefined), 2000)
    return () => clearTimeout(timer)
  }, [outcome])

  return (
    <div className={styles.command}>
      {!plain && (
        <span className={styles.prompt} aria-hidden="true">
          $
        </span>
      )}
      <code ref={text} className={styles.text}>
        {breakable(command)}
      </code>
      <button
        type="button"
        className={styles.button}
        data-outcome={outcome}
        aria-label={`Copy ${command}`}
        onClick={() => copy(command, text.current).then(setOutcome)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          {outcome === 'copied' ? (
            <path d="m3 8.5 3.2 3.2L13 5" />
          ) : (
            <path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2m1-5h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1Z" />
          )}
        </svg>
      </button>
      <span role="status" className="visually-hidden">
        {outcome === 'copied' && 'Copied'}
        {outcome === 'failed' && 'Not copied: it is selected, copy it with the keyboard'}
      </span>
    </div>
  )
}

/** A long line breaks after a slash or a space, and is still selected as what it is. */
function breakable(text: string): ReactNode[] {
  return text.split(/(?<=\w\/| )/).flatMap((piece, index) => {
    const whole = (
      <span key={piece} className={styles.piece}>
        {piece}
      </span>
    )
    return index === 0 ? [whole] : [<wbr key={`${piece}-before`} />, whole]
  })
}

/** The clipboard exists only in a secure context: https, or http on localhost. Elsewhere the text is selected first. */
async function copy(text: string, element: HTMLElement | null): Promise<Outcome> {
  try {
    await navigator.clipboard.writeText(text)
    return 'copied'
  } catch {
    element?.ownerDocument.getSelection()?.selectAllChildren(element)
    return document.execCommand('copy') ? 'copied' : 'failed'
  }
}
