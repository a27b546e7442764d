/** A point in time as people say it, and exactly where one points at it. */
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

export function Moment({ at }: { readonly at: string }) {
  const date = new Date(at)
  return (
    <time dateTime={at} title={exact.format(date)}>
      {inWords(date)}
    </time>
  )
}

export function inWords(date: Date, now = Date.now()): string {
  const passed = now - date.getTime()
  const [unit, length] = units.find(([, ms]) => passed >= ms) ?? ['second', Infinity]
  if (length === Infinity) return 'just now'
  if (unit === 'day' && passed > 7 * length) return day.format(date)
  return relative.format(-Math.floor(passed / length), unit)
}
