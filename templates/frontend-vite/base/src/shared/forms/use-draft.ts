/** Keeps what is typed over a reload of the page: the tab's own storage, until it is sent or the tab is closed. */
import { useEffect } from 'react'
import type { DefaultValues, FieldValues, UseFormReturn } from 'react-hook-form'

/** @returns how to forget it */
export function useDraft<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  name: string | undefined,
): () => void {
  const key = name && `draft:${name}`
  const { subscribe, reset } = form

  useEffect(() => {
    if (!key) return undefined
    const kept = sessionStorage.getItem(key)
    // The values that it began with stay the default: what is restored counts as changed.
    if (kept) reset(JSON.parse(kept) as DefaultValues<Values> & Values, { keepDefaultValues: true })
    return subscribe({
      formState: { values: true, dirtyFields: true },
      callback: ({ values }) => sessionStorage.setItem(key, JSON.stringify(values)),
    })
  }, [key, subscribe, reset])

  return () => {
    if (key) sessionStorage.removeItem(key)
  }
}
