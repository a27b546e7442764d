/** `.env.example` in, `.env` out: the same lines, with the secrets filled in and the ids of the user. */
import type { Facts } from './facts.ts';

/**
 * A line `NAME=` with nothing behind it is a secret; `docker-dev.sh` fills a fresh clone by the same rule.
 * @throws where the example has an empty line that is no known secret
 */
export function fillDotenv(example: string, facts: Pick<Facts, 'secrets' | 'owner'>): string {
  const values: Readonly<Record<string, string>> = {
    ...facts.secrets,
    APP_UID: String(facts.owner.uid),
    APP_GID: String(facts.owner.gid),
  };
  return example.replace(/^([A-Z][A-Z0-9_]*)=(.*)$/gm, (line, name: string, value: string) => {
    const filled = values[name];
    if (filled !== undefined) return `${name}=${filled}`;
    if (value === '') throw new Error(`.env.example leaves ${name} empty, and no secret of that name exists`);
    return line;
  });
}
