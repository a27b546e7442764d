/**
 * Writes src/shared/api/schema.d.ts from the OpenAPI schema of the running backend
 * (./docker-dev.sh client), or tells whether it is still current (with -- --check).
 *
 * The generator is fetched for the occasion: installed, it would add a tenth to node_modules, for
 * something that is needed only when the API changes.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const GENERATOR = 'openapi-typescript@7.13.0'
const BACKEND = process.env.BACKEND_URL ?? 'http://localhost:8000'
const NO_TYPE = new Set(
  'description summary title tags security format pattern minLength maxLength minimum maximum'.split(
    ' ',
  ),
)
const OUTPUT = fileURLToPath(new URL('../src/shared/api/schema.d.ts', import.meta.url))

const current = await loadSchema()
const stamp = `// From the schema with the hash ${hash(current)}\n`

if (process.argv.includes('--check')) {
  if (readFileSync(OUTPUT, 'utf8').startsWith(stamp)) process.exit(0)
  console.error(
    'The API has changed since src/shared/api/schema.d.ts was made: ./docker-dev.sh client',
  )
  process.exit(1)
}
write()

/**
 * Without what differs from project to project and is no change of the API: the name of the session
 * cookie, and what optional parts add: their switches (to the frontend a map) and their paths.
 */
async function loadSchema() {
  const response = await ask(`${BACKEND}/api/v1/schema/?format=json`)
  const schema = await response.json()
  delete schema.components.securitySchemes
  schema.components.schemas.Features = {
    type: 'object',
    additionalProperties: { type: 'boolean' },
  }
  for (const [path, operations] of Object.entries(schema.paths))
    if (Object.values(operations).some((operation) => operation['x-optional']))
      delete schema.paths[path]
  return schema
}

/** A backend that has just been given new code is away for a moment: it has so many tries, half a second apart. */
async function ask(url, tries = 60) {
  const response = await fetch(url).catch((error) => error)
  if (response.ok) return response
  if (tries === 1) throw new Error(`${url} answered ${response.status ?? response.message}`)
  await new Promise((resolve) => setTimeout(resolve, 500))
  return ask(url, tries - 1)
}

/** Only over what makes a type. Words, patterns and limits may change without a new client. */
function hash(value) {
  return createHash('sha256')
    .update(JSON.stringify(typesOf(value)))
    .digest('hex')
}

function typesOf(value) {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(typesOf)
  const kept = Object.entries(value)
    .filter(([key, each]) => !NO_TYPE.has(key) || isProperty(each))
    .map(([key, each]) => [key, typesOf(each)])
  const { oneOf, ...rest } = Object.fromEntries(kept)
  if (!Array.isArray(oneOf)) return Object.fromEntries(kept)
  // Alternatives that differ only in a pattern are one type.
  const different = new Set(oneOf.map((each) => JSON.stringify(each)))
  return different.size === 1 ? { ...oneOf[0], ...rest } : { ...rest, oneOf }
}

/** A property may be called like a keyword: then it is an object. */
function isProperty(value) {
  return typeof value === 'object' && !Array.isArray(value)
}

function write() {
  const folder = mkdtempSync(join(tmpdir(), 'api-'))
  try {
    const input = join(folder, 'schema.json')
    const made = join(folder, 'schema.d.ts')
    writeFileSync(input, JSON.stringify(current))
    const shell = process.platform === 'win32'
    execFileSync('npx', ['--yes', GENERATOR, input, '--output', made], { stdio: 'inherit', shell })
    writeFileSync(OUTPUT, stamp + readFileSync(made, 'utf8'))
    execFileSync('npx', ['prettier', '--write', OUTPUT], { stdio: 'inherit', shell })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
