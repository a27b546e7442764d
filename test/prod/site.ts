/** The production site of a generated project: its own script, its containers, and requests to it over TLS. */
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { devScript, docker, isNameFree, remove, type Stack } from '../stack/stack.ts';

export interface Site {
  readonly stack: Stack;
  readonly http: number;
  readonly https: number;
}

export const HOST = 'localhost';

/** .ci/run installs what is needed; on a developer's machine it may be missing. */
export const lacks = (program: string) => !process.env['CI'] && execaSync('which', [program], { reject: false }).exitCode !== 0;

export const nameOf = ({ stack }: Site) => `${stack.name}-prod`;

/** Runs `./docker-dev.sh prod`. Its exit code is for the caller to judge. */
export const prodScript = (site: Site, ...args: string[]) => devScript(site.stack, ['prod', ...args]);

/** The same, for what has to succeed. @throws with all that it printed */
export async function prod(site: Site, ...args: string[]): Promise<string> {
  const { exitCode, all } = await prodScript(site, ...args);
  if (exitCode !== 0) throw new Error(`./docker-dev.sh prod ${args.join(' ')} ended with ${exitCode}:\n${all}`);
  return all;
}

/** The first run writes .env.prod and the secrets; then it is told where this site is. @throws where Docker knows it already */
export async function configure(site: Site): Promise<void> {
  if (!(await isNameFree(nameOf(site)))) throw new Error(`Docker has a project "${nameOf(site)}" that is not of this run: it is left alone.`);
  await prodScript(site, 'check');
  await setInDotenv(site, { DJANGO_ALLOWED_HOSTS: `${HOST},prod.test`, HTTP_PORT: String(site.http), HTTPS_PORT: String(site.https) });
}

export async function setInDotenv({ stack }: Site, values: Readonly<Record<string, string>>): Promise<void> {
  const file = join(stack.folder, '.env.prod');
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\n`);
  await appendFile(file, lines.join(''));
}

/** Runs `work` with other values in .env.prod, and puts back what was there. */
export async function withDotenv<T>(site: Site, values: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
  const file = join(site.stack.folder, '.env.prod');
  const before = await readFile(file, 'utf8');
  await setInDotenv(site, values);
  try {
    return await work();
  } finally {
    await writeFile(file, before);
  }
}

/** The one container of a service, by its id. */
export async function containerOf(site: Site, service: string): Promise<string> {
  const ids = await containers(site, `label=com.docker.compose.service=${service}`);
  if (ids.length !== 1) throw new Error(`${service} has ${ids.length} containers`);
  return ids[0]!;
}

export async function containers(site: Site, ...filters: string[]): Promise<readonly string[]> {
  const all = [`label=com.docker.compose.project=${nameOf(site)}`, ...filters].flatMap((filter) => ['--filter', filter]);
  return (await docker('ps', '-q', '--no-trunc', ...all)).split('\n').filter(Boolean);
}

export interface Page {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Sent {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One request over TLS, by a connection of its own; whoever has signed the certificate. */
export function send({ https }: Site, { path, method = 'GET', headers = {}, body }: Sent): Promise<Page> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: https, path, method, agent: false, rejectUnauthorized: false, headers: { Host: HOST, ...headers } };
    const outgoing = request(options, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, text }));
    });
    outgoing.on('error', reject).end(body);
  });
}

export const visit = (site: Site, path: string, headers: Record<string, string> = {}) => send(site, { path, headers });

/** Containers, volumes and images of both projects, and the files. */
export async function removeSite(site: Site): Promise<void> {
  await remove({ ...site.stack, name: nameOf(site) });
}
