// Holds what was built to budget.json, in kilobytes of gzipped JavaScript; the last step of `npm run build`.
import { readdir, readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'

const root = new URL('../', import.meta.url)
const { firstPage, anyOtherChunk } = JSON.parse(
  await readFile(new URL('budget.json', root), 'utf8'),
)
const html = await readFile(new URL('dist/index.html', root), 'utf8')
const assets = await readdir(new URL('dist/assets/', root))

/** What index.html names; all else comes with a page that asks for it. */
const isFirst = (name) => html.includes(`/assets/${name}`)

const chunks = await Promise.all(
  assets
    .filter((name) => name.endsWith('.js'))
    .map(async (name) => {
      const code = await readFile(new URL(`dist/assets/${name}`, root))
      return { name, kB: gzipSync(code, { level: 9 }).length / 1000 }
    }),
)
const total = chunks.filter(({ name }) => isFirst(name)).reduce((sum, { kB }) => sum + kB, 0)
const faults = [
  ...(total > firstPage.limitKB
    ? [
        `The first page loads ${total.toFixed(1)} kB of JavaScript, and may load ${firstPage.limitKB}.`,
      ]
    : []),
  ...chunks
    .filter(({ name, kB }) => !isFirst(name) && kB > anyOtherChunk.limitKB)
    .map(
      ({ name, kB }) => `${name} has ${kB.toFixed(1)} kB, and may have ${anyOtherChunk.limitKB}.`,
    ),
  ...assets
    .filter((name) => name.endsWith('.map'))
    .map((name) => `${name} would publish the source.`),
]

process.stdout.write(`First page: ${total.toFixed(1)} of ${firstPage.limitKB} kB of JavaScript.\n`)
if (faults.length > 0) {
  process.stderr.write(
    `${faults.join('\n')}\nLoad it later (a lazy route), do without it, or raise budget.json.\n`,
  )
  process.exitCode = 1
}
