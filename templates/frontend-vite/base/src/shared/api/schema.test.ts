// @vitest-environment node
import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'

const BACKEND = process.env['BACKEND_URL'] ?? 'http://localhost:8000'

/** `./docker-dev.sh test` and CI run it beside the running stack; alone, there is nobody to compare with. */
const running = await fetch(`${BACKEND}/api/v1/health/live/`, { signal: AbortSignal.timeout(2000) })
  .then((response) => response.ok)
  .catch(() => false)

test.runIf(running)('the client is made from the schema that the backend has now', async () => {
  const failure = await new Promise<string>((resolve) => {
    const child = execFile('node', ['scripts/api.mjs', '--check'], (_error, _out, err) =>
      resolve(err),
    )
    child.stdin?.end()
  })
  expect(failure).toBe('')
})
