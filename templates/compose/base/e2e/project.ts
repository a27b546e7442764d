/** The project's own script, for journeys that change what runs. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = fileURLToPath(new URL('..', import.meta.url))

/** @returns standard output @throws with all that it said where it fails */
export async function dev(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const { stdout } = await run('./docker-dev.sh', [...args], { cwd: root, env: { ...process.env, ...env } })
  return stdout
}
