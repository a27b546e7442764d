/** The parts that can be on the map: those of every stack, and those that features add. */
import { features } from '@/features'
import type { BasePartId, Part } from '@/features/feature'

const baseParts: readonly (Part & { readonly id: BasePartId })[] = [
  {
    id: 'browser',
    name: 'Browser',
    technology: 'You are here',
    icon: 'M3 5.5h14v10H3zM3 8.5h14M5.5 7h.01M7.5 7h.01',
  },
  {
    id: 'proxy',
    name: 'Proxy',
    technology: 'nginx',
    service: 'proxy',
    icon: 'M3 10h4m6-4h4m-4 8h4M7 10l6-4M7 10l6 4',
    behind: 'browser',
  },
  {
    id: 'frontend',
    name: 'Frontend',
    technology: 'React · Vite',
    service: 'frontend',
    icon: 'm7 6-4 4 4 4m6-8 4 4-4 4m-1.5-10-3 12',
    behind: 'proxy',
  },
  {
    id: 'backend',
    name: 'Backend',
    technology: 'Django',
    service: 'backend',
    icon: 'M3.5 4h13v5h-13zm0 7h13v5h-13zM6 6.5h.01M6 13.5h.01',
    behind: 'proxy',
  },
  {
    id: 'database',
    name: 'Database',
    technology: 'PostgreSQL',
    service: 'db',
    icon: 'M4 5.5C4 4.1 6.7 3 10 3s6 1.1 6 2.5S13.3 8 10 8 4 6.9 4 5.5Zm0 0v9C4 15.9 6.7 17 10 17s6-1.1 6-2.5v-9M4 10c0 1.4 2.7 2.5 6 2.5s6-1.1 6-2.5',
    behind: 'backend',
  },
  {
    id: 'cache',
    name: 'Cache',
    technology: 'Redis',
    service: 'redis',
    icon: 'm3 7 7-3.5L17 7l-7 3.5zm0 3.3 7 3.5 7-3.5M3 13.5 10 17l7-3.5',
    behind: 'backend',
  },
]

const parts: readonly Part[] = [...baseParts, ...features.flatMap((feature) => feature.parts ?? [])]

/** Those whose health the backend reports: all that is behind it. */
export const reportedParts = parts.filter((part) => part.behind === 'backend')

/** A check that no feature has declared is a part all the same: what fails must be seen. */
export function partOf(id: string): Part {
  return parts.find((part) => part.id === id) ?? { ...undeclared, id, name: capitalize(id) }
}

const undeclared = {
  technology: 'A health check',
  service: 'backend',
  icon: 'M3 10h3.5L8.5 5l3 10 2-5H17',
  behind: 'backend',
} as const

function capitalize(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1).replaceAll(/[-_]/g, ' ')
}
