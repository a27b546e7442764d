/** Until when the software in an image gets security fixes: an image and a day in, what has ended or is about to out. */

export interface Lifetime {
  /** As in `node:20`: the start of the images that this is about, up to a dot, a hyphen or the end. */
  readonly image: string;
  readonly title: string;
  /** The last day with security fixes, as YYYY-MM-DD; none where its makers have named no day. */
  readonly end?: string;
  /** Who says so. */
  readonly source: string;
}

/** One whose makers have named a day. */
export type Ending = Lifetime & { readonly end: string };
export const hasEnd = (lifetime: Lifetime): lifetime is Ending => lifetime.end !== undefined;

const PYTHON = 'https://devguide.python.org/versions/';
const NODE = 'https://github.com/nodejs/release#release-schedule';
const POSTGRES = 'https://www.postgresql.org/support/versioning/';
const NGINX = 'https://nginx.org/en/download.html'; // a branch ends with the first release of the one after the next
const REDIS = 'https://github.com/redis/redis/security';

/** The versions of the image sets, and those that a project is likely to be moved to. */
export const LIFETIMES: readonly Lifetime[] = [
  { image: 'python:3.12', title: 'Python 3.12', end: '2028-10-31', source: PYTHON },
  { image: 'python:3.13', title: 'Python 3.13', end: '2029-10-31', source: PYTHON },
  { image: 'python:3.14', title: 'Python 3.14', end: '2030-10-31', source: PYTHON },
  { image: 'node:20', title: 'Node 20', end: '2026-04-30', source: NODE },
  { image: 'node:22', title: 'Node 22', end: '2027-04-30', source: NODE },
  { image: 'node:24', title: 'Node 24', end: '2028-04-30', source: NODE },
  { image: 'nginx:1.27', title: 'nginx 1.27', end: '2025-06-24', source: NGINX },
  { image: 'nginx:1.30', title: 'nginx 1.30', source: NGINX },
  { image: 'postgres:15', title: 'PostgreSQL 15', end: '2027-11-11', source: POSTGRES },
  { image: 'postgres:16', title: 'PostgreSQL 16', end: '2028-11-09', source: POSTGRES },
  { image: 'postgres:17', title: 'PostgreSQL 17', end: '2029-11-08', source: POSTGRES },
  { image: 'postgres:18', title: 'PostgreSQL 18', end: '2030-11-14', source: POSTGRES },
  { image: 'redis:7', title: 'Redis 7', source: REDIS },
  { image: 'redis:8', title: 'Redis 8', source: REDIS },
];

/** How long before its end a version is told, in months: time enough to plan a move. */
const NOTICE = 6;

/** @param images such as `node:20-alpine`, with a registry in front or without @returns what is known of them, each once */
export function lifetimesOf(images: readonly string[]): readonly Lifetime[] {
  const short = images.map((image) => image.slice(image.lastIndexOf('/') + 1));
  return LIFETIMES.filter(({ image }) => short.some((name) => name === image || (name.startsWith(image) && /[-.@]/.test(name.charAt(image.length)))));
}

/** @param today as YYYY-MM-DD @returns those of which the end has come, or comes within six months */
export function endingBy(today: string, images: readonly string[]): readonly Ending[] {
  const horizon = monthsLater(today, NOTICE);
  return lifetimesOf(images).filter(hasEnd).filter(({ end }) => end <= horizon);
}

/** Days of this form have the order of their letters; the last of a shorter month may come out as one that it lacks. */
function monthsLater(day: string, months: number): string {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}${day.slice(7)}`;
}

/** @returns `Node 20 (ended 2026-04-30)`, or `ends` where it has not yet */
export function tellEnd({ title, end }: Pick<Ending, 'title' | 'end'>, today: string): string {
  return `${title} (${end < today ? 'ended' : 'ends'} ${end})`;
}
