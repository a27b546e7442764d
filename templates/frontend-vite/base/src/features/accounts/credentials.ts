/** What can be said of an address and a password without asking the backend. */
import * as v from 'valibot'

export const email = v.pipe(
  v.string(),
  v.trim(),
  v.nonEmpty('Enter your e-mail address.'),
  v.email('This is no e-mail address.'),
)

export const password = v.pipe(v.string(), v.nonEmpty('Enter your password.'))

/** How good it must be is the backend's to say. */
export const newPassword = v.pipe(v.string(), v.nonEmpty('Choose a password.'))
