/**
 * Keeps what is typed over a reload of the page, which hot reload does by itself once a server that was away is back: in the
 * tab's own storage, until it is sent, dropped, or the tab is closed.
 */
import { useEffect, useState } from 'react'
import type { FieldValues, UseFormReturn } from 'react-hook-form'

const PREFIX = 'draft:'

interface Draft {
  /** What stands in the form was typed before the page was loaded. */
  readonly restored: boolean
  /** It is not wanted any more; what stands in the form stays. */
  readonly forget: () => void
  /** Back to the values that the form began with. */
  readonly startOver: () => void
}

export function useDraft<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  name: string | undefined,
): Draft {
  const key = name && PREFIX + name
  const { subscribe, reset, getValues } = form
  const [kept, setKept] = useState(() => (key ? sessionStorage.getItem(key) : null))

  useEffect(() => {
    if (!kept) return
    // The values that it began with stay the default: what is restored counts as changed.
    const values = { ...getValues(), ...(JSON.parse(kept) as Partial<Values>) }
    reset(values, { keepDefaultValues: true })
  }, [kept, reset, getValues])

  useEffect(() => {
    if (!key) return undefined
    return subscribe({
      formState: { values: true, dirtyFields: true },
      callback: ({ values, defaultValues = {} }) => {
        const typed = withoutSecrets(values)
        // Also after reset(), of a form that was sent and is used again: there is nothing to keep then.
        if (typed === withoutSecrets(defaultValues)) sessionStorage.removeItem(key)
        else sessionStorage.setItem(key, typed)
      },
    })
  }, [key, subscribe])

  const forget = () => {
    if (key) sessionStorage.removeItem(key)
    setKept(null)
  }
  const startOver = () => {
    reset()
    forget()
  }
  return { restored: kept !== null, forget, startOver }
}

/** Whoever signs out leaves nothing to the next at this browser. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
  }
}

/** A password is written nowhere. */
function withoutSecrets(values: FieldValues): string {
  const kept = Object.entries(values).filter(([name]) => !/password|token/i.test(name))
  return JSON.stringify(Object.fromEntries(kept))
}
