/** WebSockets without a network: a test accepts, speaks and hangs up in the place of the server. */
import { vi } from 'vitest'

export class FakeSocket extends EventTarget {
  readyState = 0
  binaryType = 'blob'

  constructor(readonly url: string) {
    super()
    sockets.push(this)
  }

  accept() {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }

  say(message: unknown) {
    const data = typeof message === 'string' ? message : JSON.stringify(message)
    this.dispatchEvent(new MessageEvent('message', { data }))
  }

  hangUp(code = 1006) {
    this.readyState = 3
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason: 'gone' }))
  }

  /** What the application calls. */
  close() {
    this.readyState = 3
  }
}

const sockets: FakeSocket[] = []

/** All that the application has opened in this test, the oldest first. */
export function startSockets(): readonly FakeSocket[] {
  sockets.length = 0
  vi.stubGlobal('WebSocket', FakeSocket)
  return sockets
}
