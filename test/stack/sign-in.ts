/** Makes a user and signs in as a browser does: the CSRF cookie first, then the form with its origin. */
import { ask, hostOf, type Answer } from './http.ts';
import { docker, container, type Stack } from './stack.ts';

export const ACCOUNT = { email: 'staff@example.test', password: 'a-long-enough-passphrase-7' };

/** Of a stack that several files share, the first one makes it. */
export async function createStaff(stack: Stack): Promise<void> {
  const secret = `DJANGO_SUPERUSER_PASSWORD=${ACCOUNT.password}`;
  const command = ['python', 'manage.py', 'createsuperuser', '--noinput', '--email', ACCOUNT.email];
  try {
    await docker('exec', '-e', secret, container(stack, 'backend'), ...command);
  } catch (error) {
    if (!String(error).includes('already taken')) throw error;
  }
}

export interface SignIn {
  readonly port: number;
  readonly host?: string;
  /** Where the page that signs in says it came from. */
  readonly origin?: string;
  readonly account?: typeof ACCOUNT;
}

/** @returns the answer to the login, and the cookies that it leaves */
export async function signIn({ port, host = hostOf(port), origin = `http://${host}`, account = ACCOUNT }: SignIn): Promise<{ login: Answer; cookies: string }> {
  const csrf = await ask({ port, path: '/api/v1/auth/csrf/', headers: { Host: host } });
  const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
  const login = await ask({
    port,
    path: '/api/v1/auth/login/',
    method: 'POST',
    headers: { Host: host, Origin: origin, Cookie: cookiesOf(csrf), 'X-CSRFToken': csrfToken, 'Content-Type': 'application/json' },
    body: JSON.stringify(account),
  });
  return { login, cookies: cookiesOf(login) };
}

function cookiesOf({ headers }: Answer): string {
  return (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
}
