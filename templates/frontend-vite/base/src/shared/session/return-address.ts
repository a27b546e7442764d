/** Where to go after signing in: an address of this application, and of no other. */

export function returnAddress(next: string | null, origin = location.origin): string {
  if (!next?.startsWith('/')) return '/'
  // A browser reads //host, and /\host too, as another host: so the browser's own reading decides.
  const url = new URL(next, origin)
  return url.origin === origin ? url.pathname + url.search + url.hash : '/'
}
