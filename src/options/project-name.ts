/** Which names serve as a folder, npm package, Python package, Postgres and Compose name at once, on Windows too. */
import type { Parsed } from './option.ts';

/** `<name>-frontend-node-modules` must stay within the 63 characters of a DNS label. */
const LONGEST = 40;

const PATTERN = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Names that one of those worlds keeps for itself, with the reason. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ...words('is a device name on Windows', 'con prn aux nul'),
  ...[...'123456789'].flatMap((digit) => words('is a device name on Windows', `com${digit} lpt${digit}`)),
  ...words('is a folder of npm', 'node-modules favicon'),
  ...words(
    'is a keyword of Python',
    'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield',
  ),
  ...words('is a package that the backend imports', 'django celery redis psycopg test config apps'),
  ...words('is a reserved word of PostgreSQL', 'all analyze array case cast check column create default desc distinct end fetch foreign grant group having into limit null offset on only order primary references select some table then to true false union unique user using when where window'),
  ...words('is a database that PostgreSQL keeps for itself', 'postgres template0 template1'),
  ...words('is a network of Docker', 'host none bridge'),
]);

/** @returns the name, or what is wrong with it and a near miss that would serve */
export function checkName(text: string): Parsed<string> {
  const reason = fault(text);
  if (reason === undefined) return { ok: true, value: text };
  const proposal = proposeName(text);
  return { ok: false, problem: `${reason}; ${proposal === undefined ? 'try app' : `try ${proposal}`}` };
}

/** @returns the nearest name that serves, or undefined where nothing of the text is left */
export function proposeName(text: string): string | undefined {
  const slug = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, LONGEST)
    .replace(/-+$/, '');
  if (slug === '') return undefined;
  const candidate = /^[0-9]/.test(slug) ? `app-${slug}`.slice(0, LONGEST).replace(/-+$/, '') : slug;
  return RESERVED.has(candidate) ? `${candidate}-app` : candidate;
}

/** The last part of a path with either kind of slash; empty for `.`, `/` and the like. */
export function lastPart(path: string): string {
  return path.split(/[\\/]/).filter((part) => part !== '' && part !== '.' && part !== '..' && !/^[A-Za-z]:$/.test(part)).at(-1) ?? '';
}

function fault(text: string): string | undefined {
  if (text === '') return 'a name must not be empty';
  if (text.length > LONGEST) return `a name has at most ${LONGEST} characters, and this one has ${text.length}`;
  if (!PATTERN.test(text)) return 'a name has lower-case letters, digits and single hyphens, and starts with a letter';
  const reason = RESERVED.get(text);
  return reason === undefined ? undefined : `"${text}" ${reason}`;
}

function words(reason: string, list: string): readonly (readonly [string, string])[] {
  return list.split(' ').map((word) => [word, reason]);
}
