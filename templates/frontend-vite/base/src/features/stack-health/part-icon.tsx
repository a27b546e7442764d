import type { PartId } from './stack'

const shapes: Readonly<Record<PartId, string>> = {
  browser: 'M3 5.5h14v10H3zM3 8.5h14M5.5 7h.01M7.5 7h.01',
  proxy: 'M3 10h4m6-4h4m-4 8h4M7 10l6-4M7 10l6 4',
  frontend: 'm7 6-4 4 4 4m6-8 4 4-4 4m-1.5-10-3 12',
  backend: 'M3.5 4h13v5h-13zm0 7h13v5h-13zM6 6.5h.01M6 13.5h.01',
  database:
    'M4 5.5C4 4.1 6.7 3 10 3s6 1.1 6 2.5S13.3 8 10 8 4 6.9 4 5.5Zm0 0v9C4 15.9 6.7 17 10 17s6-1.1 6-2.5v-9M4 10c0 1.4 2.7 2.5 6 2.5s6-1.1 6-2.5',
  cache: 'm3 7 7-3.5L17 7l-7 3.5zm0 3.3 7 3.5 7-3.5M3 13.5 10 17l7-3.5',
  worker:
    'M10 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm0-9.5v2m0 10v2m7-7h-2M5 10H3m11.95-4.95-1.414 1.414m-7.072 7.072L5.05 14.95m9.9 0-1.414-1.414M6.464 6.464 5.05 5.05',
}

export function PartIcon({ id }: { readonly id: PartId }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <path d={shapes[id]} />
    </svg>
  )
}
