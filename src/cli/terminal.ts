/** The streams and the environment in, how this run may talk out. */

export interface Streams {
  readonly stdin: { readonly isTTY?: boolean | undefined };
  readonly stdout: { readonly isTTY?: boolean | undefined; readonly columns?: number | undefined };
}

/** Questions need a person: both ends a terminal, and no CI, which often has a pseudo-terminal and never a person. */
export function canAsk({ stdin, stdout }: Streams, env: Readonly<NodeJS.ProcessEnv>): boolean {
  return stdin.isTTY === true && stdout.isTTY === true && !isSet(env.CI);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
