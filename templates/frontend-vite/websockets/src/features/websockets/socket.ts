/**
 * A path and the schema of its messages in, checked messages out, for as long as it is wanted: a connection that is lost
 * is made anew, later and later, and not by all browsers at once.
 */
import ReconnectingWebSocket from 'partysocket/ws'
import * as v from 'valibot'

/** `refused`: the backend wants somebody who is signed in, so trying again would not help. */
export type SocketState = 'connecting' | 'open' | 'paused' | 'refused'

export interface SocketHandlers<T> {
  readonly onMessage: (message: T) => void
  readonly onState?: (state: SocketState) => void
  /** After this long without a message the connection is taken for dead. */
  readonly silenceMs?: number
}

type Schema = v.GenericSchema<unknown, unknown>

/** The close code with which the backend refuses whoever is not signed in. */
const SIGN_IN_FIRST = 4401
/** A tab that nobody has looked at for this long gives its connection back. */
const HIDDEN_MS = 60_000

/** @returns how to close it for good */
export function openSocket<const S extends Schema>(
  path: string,
  schema: S,
  { onMessage, onState, silenceMs }: SocketHandlers<v.InferOutput<S>>,
): () => void {
  const socket = new ReconnectingWebSocket(addressOf(path), undefined, {
    // Each browser waits a time of its own, so that after a restart of the server not all come back in one moment.
    minReconnectionDelay: 500 + Math.random() * 1000,
    maxReconnectionDelay: 10_000,
    reconnectionDelayGrowFactor: 1.6,
    connectionTimeout: 5000,
    shouldReconnectOnClose: ({ code }) => code !== SIGN_IN_FIRST,
  })
  let silence: ReturnType<typeof setTimeout> | undefined
  let hidden: ReturnType<typeof setTimeout> | undefined
  let paused = false

  const listenForSilence = () => {
    clearTimeout(silence)
    if (silenceMs) silence = setTimeout(() => socket.reconnect(), silenceMs)
  }
  const stopListening = () => clearTimeout(silence)

  socket.addEventListener('open', () => {
    listenForSilence()
    onState?.('open')
  })
  socket.addEventListener('close', ({ code }) => {
    stopListening()
    if (paused) onState?.('paused')
    else onState?.(code === SIGN_IN_FIRST ? 'refused' : 'connecting')
  })
  socket.addEventListener('message', ({ data }) => {
    listenForSilence()
    const result = v.safeParse(schema, parse(data))
    if (result.success) onMessage(result.output)
    else console.warn(`${path} sent something else:`, result.issues[0].message)
  })

  const followPage = () => {
    clearTimeout(hidden)
    if (document.visibilityState === 'hidden') {
      hidden = setTimeout(() => {
        paused = true
        socket.close()
      }, HIDDEN_MS)
    } else if (paused) {
      paused = false
      onState?.('connecting')
      socket.reconnect()
    }
  }
  document.addEventListener('visibilitychange', followPage)

  return () => {
    document.removeEventListener('visibilitychange', followPage)
    clearTimeout(hidden)
    stopListening()
    // Who closes it does not want to hear of it.
    onState = undefined
    socket.close()
  }
}

function addressOf(path: string): string {
  const url = new URL(path, location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}

function parse(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined // The schema reports it.
  }
}
