/** What only a stack of development tells: how far its owner has come, and where database and checkout differ. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, read, type Schemas } from '@/shared/api/api'
import { onHotReload } from '@/shared/hot-reload'

/** Asked once, and again when one comes back to the page: what it tells is changed elsewhere. */
export function useDevelopment(): Schemas['Development'] | undefined {
  return useQuery({
    queryKey: ['development'],
    queryFn: ({ signal }) => read(api.GET('/api/v1/development/', { signal })),
    enabled: import.meta.env.DEV,
    staleTime: 0,
  }).data
}

/** @param file from the folder of the frontend @returns whether it was saved while this browser looked at it */
export function useEdited(file: string): boolean {
  const key = `edited:${file}`
  const [edited, setEdited] = useState(() => localStorage.getItem(key) !== null)
  useEffect(() => {
    const note = ({ updates }: { updates: readonly { path: string }[] }) => {
      if (!updates.some(({ path }) => path === `/${file}`)) return
      localStorage.setItem(key, '')
      setEdited(true)
    }
    return onHotReload('vite:afterUpdate', note)
  }, [file, key])
  return edited
}
