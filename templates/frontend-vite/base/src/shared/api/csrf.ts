/** Against a page of somebody else that writes in the user's name: Django compares a header with its cookie. */

let cookieName = 'csrftoken'

/** The cookie is called by the project, so that two on one machine do not mix theirs up. */
export function nameCsrfCookie(name: string): void {
  cookieName = name
}

export function isSafe(method = 'GET'): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(method)
}

/** A browser that is new here has no cookie yet: it asks for one. */
export async function csrfToken(signal: AbortSignal, renew: boolean): Promise<string> {
  const known = readCookie(cookieName)
  if (known && !renew) return known
  const response = await fetch('/api/v1/auth/csrf/', { credentials: 'same-origin', signal })
  const { csrfToken: token = '' } = response.ok ? await response.json() : {}
  return token
}

/** Any other 403 is about what the user may do, and stays what it is. */
export async function isCsrfFailure(response: Response): Promise<boolean> {
  return response.status === 403 && (await response.clone().text()).includes('CSRF check failed')
}

function readCookie(name: string): string | undefined {
  const entry = document.cookie.split('; ').find((cookie) => cookie.startsWith(`${name}=`))
  return entry?.slice(name.length + 1)
}
