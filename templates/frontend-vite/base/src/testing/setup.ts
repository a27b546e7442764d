import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'
// slot: imports

// A page comes with its code, which takes a busy machine more than the second that find…() waits by itself.
configure({ asyncUtilTimeout: 10_000 })

afterEach(() => {
  cleanup()
  // Each test has a tab of its own, where it has a browser at all.
  if (typeof sessionStorage !== 'undefined') sessionStorage.clear()
})
// slot: setup
