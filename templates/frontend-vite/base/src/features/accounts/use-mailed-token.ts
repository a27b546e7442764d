import { useLocation } from 'react-router'

/**
 * The token of the link in a mail. It stands behind `#`: what does is not sent to any server, so no log has it.
 *
 * @returns null where the address has none
 */
export function useMailedToken(): string | null {
  return new URLSearchParams(useLocation().hash.slice(1)).get('token')
}
