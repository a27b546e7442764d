/** What of the documents is shown, read from the address and written to it: so it can be sent to somebody, and gone back to. */

export const orderings = {
  '-updatedAt': 'Last changed',
  '-createdAt': 'Newest',
  createdAt: 'Oldest',
  title: 'Title, A to Z',
  '-title': 'Title, Z to A',
} as const
export type Ordering = keyof typeof orderings

export const scopes = { all: 'All', mine: 'Mine', shared: 'Shared' } as const
export type Scope = keyof typeof scopes

export interface Filter {
  readonly search: string
  readonly ordering: Ordering
  readonly scope: Scope
  readonly page: number
}

const everything: Filter = { search: '', ordering: '-updatedAt', scope: 'all', page: 1 }

/** An address may be mistyped: then it is as if nothing were said. */
export function readFilter(params: URLSearchParams): Filter {
  const page = Number(params.get('page'))
  return {
    search: params.get('search') ?? everything.search,
    ordering: oneOf(orderings, params.get('ordering')) ?? everything.ordering,
    scope: oneOf(scopes, params.get('scope')) ?? everything.scope,
    page: Number.isInteger(page) && page > 0 ? page : everything.page,
  }
}

/** Only what differs from the usual. */
export function writeFilter(filter: Filter): URLSearchParams {
  const said = Object.entries(filter).filter(
    ([key, value]) => everything[key as keyof Filter] !== value,
  )
  return new URLSearchParams(said.map(([key, value]) => [key, String(value)]))
}

export function toQuery({ search, ordering, scope, page }: Filter) {
  return {
    ordering,
    page,
    ...(search && { search }),
    ...(scope === 'mine' && { owner: 'me' as const }),
    ...(scope === 'shared' && { shared: true }),
  }
}

function oneOf<Key extends string>(known: Record<Key, string>, value: string | null) {
  return value !== null && Object.hasOwn(known, value) ? (value as Key) : undefined
}
