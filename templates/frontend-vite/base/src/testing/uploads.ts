/**
 * XMLHttpRequest on top of fetch(): sends half, then all, then asks. MSW answers the real one as well, but tells of its
 * upload only once there is an answer, all at once, and does not hear that one is broken off.
 */
import { vi } from 'vitest'

class FakeRequest extends EventTarget {
  readonly upload = new EventTarget()
  readonly headers = new Headers()
  readonly controller = new AbortController()
  method = ''
  url = ''
  status = 0
  response: Blob | undefined
  answerHeaders = new Headers()

  open(method: string, url: string) {
    Object.assign(this, { method, url })
  }

  setRequestHeader(name: string, value: string) {
    this.headers.set(name, value)
  }

  getResponseHeader(name: string) {
    return this.answerHeaders.get(name)
  }

  abort() {
    this.controller.abort()
    this.dispatchEvent(new Event('abort'))
  }

  send(body: BodyInit) {
    for (const loaded of [1, 2]) {
      this.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded, total: 2 }))
    }
    const { method, headers } = this
    fetch(this.url, { method, headers, body, signal: this.controller.signal }).then(
      async (answer) => {
        this.response = await answer.blob()
        this.status = answer.status
        this.answerHeaders = answer.headers
        this.dispatchEvent(new Event('load'))
      },
      () => this.controller.signal.aborted || this.dispatchEvent(new Event('error')),
    )
  }
}

export function fakeUploads() {
  vi.stubGlobal('XMLHttpRequest', FakeRequest)
}
