/** Somebody who is signed in, as the backend tells it. */
import { json } from './backend'

export const ada = {
  id: 1,
  email: 'ada@harbour.test',
  firstName: 'Ada',
  lastName: 'Lovelace',
  isStaff: false,
  dateJoined: '2026-01-01T00:00:00Z',
  emailVerified: true,
}

const SESSION = '/api/v1/auth/session/'

export const signedIn = { [SESSION]: json({ user: ada, expiresAt: null }) }
export const signedOut = { [SESSION]: json({ user: null, expiresAt: null }) }
