/** All that is random or ambient in a project, gathered before the plan so that the plan is pure. */

/** The secrets that a project needs, by their name in `.env`; each is used for one thing only. */
export const SECRET_NAMES = ['DJANGO_SECRET_KEY', 'POSTGRES_PASSWORD', 'REDIS_PASSWORD'] as const;
export type SecretName = (typeof SECRET_NAMES)[number];

export interface Facts {
  /** Hexadecimal, since `$` in a secret would break Compose's interpolation. */
  readonly secrets: Readonly<Record<SecretName, string>>;
  /** Who owns what the containers write: the user, or 1000:1000 where the user is root. */
  readonly owner: { readonly uid: number; readonly gid: number };
  /** The generator's version. */
  readonly version: string;
}
