/** What happens to a request that is answered with 401: whoever can, signs the user in and has it sent once more. */

/** @returns whether somebody is signed in now */
type SignInAgain = () => Promise<boolean>

let ask: SignInAgain | undefined

/** @returns how to stop being asked */
export function onUnauthorized(handler: SignInAgain): () => void {
  ask = handler
  return () => {
    if (ask === handler) ask = undefined
  }
}

export async function signInAgain(url: string): Promise<boolean> {
  // There 401 means a wrong password, or that there is no session to end: nothing to ask a password for.
  if (!ask || /\/auth\/log(in|out)\/$/.test(url)) return false
  return ask()
}
