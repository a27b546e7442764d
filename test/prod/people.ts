/** Whoever uses the production site, as a browser does: with cookies, and the token that belongs to them. */
import { HOST, prod, send, type Page, type Site } from './site.ts';

const PASSWORD = 'a-long-enough-passphrase-7';

/** Makes the user anew. @returns the cookies of a session */
export async function signUp(site: Site, email: string): Promise<string> {
  await prod(site, 'manage', 'shell', '--no-imports', '-c', `from apps.users.models import User; User.objects.filter(email="${email}").delete(); User.objects.create_user("${email}", "${PASSWORD}")`);
  return cookiesOf(await write(site, '', 'POST', '/api/v1/auth/login/', JSON.stringify({ email, password: PASSWORD })));
}

/** @param cookies of a session, or none */
export async function write(site: Site, cookies: string, method: string, path: string, body: string, type = 'application/json'): Promise<Page> {
  const csrf = await send(site, { path: '/api/v1/auth/csrf/', headers: { Cookie: cookies } });
  const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
  const all = [cookies, cookiesOf(csrf)].filter(Boolean).join('; ');
  return send(site, { path, method, body, headers: { Origin: `https://${HOST}`, Referer: `https://${HOST}/`, Cookie: all, 'X-CSRFToken': csrfToken, 'Content-Type': type } });
}

function cookiesOf({ headers }: Page): string {
  return (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
}
