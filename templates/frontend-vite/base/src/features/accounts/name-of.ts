import type { User } from '@/shared/session/session'

/** As a person writes it; who has not given a name is known by the address. */
export function nameOf({ firstName, lastName, email }: User): string {
  return [firstName, lastName].filter(Boolean).join(' ') || email
}
