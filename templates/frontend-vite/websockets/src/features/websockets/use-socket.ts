/** A socket for as long as a component is there. */
import { useEffect, useEffectEvent, useState } from 'react'
import type * as v from 'valibot'
import { openSocket, type SocketState } from './socket'

/** `schema` is declared outside the component: a new one would mean a new connection. */
export function useSocket<const S extends v.GenericSchema<unknown, unknown>>(
  path: string,
  schema: S,
  onMessage: (message: v.InferOutput<S>) => void,
): SocketState {
  const [state, setState] = useState<SocketState>('connecting')
  const onNewest = useEffectEvent(onMessage)
  useEffect(() => {
    return openSocket(path, schema, {
      onMessage: (message) => onNewest(message),
      onState: setState,
    })
  }, [path, schema])
  return state
}
