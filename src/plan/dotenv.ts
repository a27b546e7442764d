/** The template of `.env.example` in; out of it `.env.example` with what was chosen, and from that `.env` with the secrets. */
import type { Facts } from './facts.ts';

/** `NAME=value`, or `# NAME=value`, which shows a default. */
const LINE = /^(?:# )?([A-Z][A-Z0-9_]*)=(.*)$/gm;

/**
 * A value that differs from the line's takes its place, and the line counts from then on.
 * @param settings variable to value
 * @throws where the text has no line for a setting
 */
export function applySettings(example: string, settings: ReadonlyMap<string, string>): string {
  const missing = new Set(settings.keys());
  const applied = example.replace(LINE, (line, name: string, value: string) => {
    missing.delete(name);
    const setting = settings.get(name);
    return setting === undefined || setting === value ? line : `${name}=${setting}`;
  });
  if (missing.size > 0) throw new Error(`.env.example has no line for ${[...missing].join(', ')}`);
  return applied;
}

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
