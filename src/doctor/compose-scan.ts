/**
 * docker-compose.yml and the values of .env in, the stack out, where there is no Compose to ask.
 * Knows the file as it was emitted, one subject a line; what somebody wrote otherwise is not seen, and so not checked.
 */
import type { Published, Service, Stack } from './stack.ts';

export function scanCompose(text: string, values: ReadonlyMap<string, string>): Stack {
  const written = /^name: *(\S+)/m.exec(text)?.[1] ?? '';
  const name = values.get('COMPOSE_PROJECT_NAME') ?? written;
  const resolved = interpolate(text, new Map([...values, ['COMPOSE_PROJECT_NAME', name]]));
  const profiles = (values.get('COMPOSE_PROFILES') ?? '').split(',');
  return {
    name,
    services: blocks(resolved, 'services')
      .filter(({ body }) => isActive(body, profiles))
      .map(({ key, body }) => scanService(key, body)),
    volumes: blocks(resolved, 'volumes').map(({ key, body }) => ({ key, name: /name: *"?([^"\s}]+)/.exec(body)?.[1] ?? `${name}_${key}` })),
  };
}

/** `${NAME}`, `${NAME:-default}` and `${NAME:?message}`; an empty value takes the default, as with Compose. */
function interpolate(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{([A-Z][A-Z0-9_]*)(?::-([^}]*)|:\?[^}]*)?\}/g, (_, key: string, fallback = '') => values.get(key) || String(fallback));
}

interface Block {
  readonly key: string;
  /** All behind the key's colon, up to the next key. */
  readonly body: string;
}

/** The entries below a key of the first column. */
function blocks(text: string, section: string): readonly Block[] {
  const found = new RegExp(`^${section}:[^\\n]*\\n((?:(?:[ #].*)?(?:\\n|$))*)`, 'm').exec(text)?.[1] ?? '';
  return found
    .split(/^ {2}(?=[\w.-]+:)/m)
    .slice(1)
    .map((block) => ({ key: block.slice(0, block.indexOf(':')), body: block.slice(block.indexOf(':') + 1) }));
}

function isActive(body: string, profiles: readonly string[]): boolean {
  const wanted = /^ {4}profiles: *\[([^\]]*)\]/m.exec(body)?.[1];
  return wanted === undefined || wanted.split(',').some((profile) => profiles.includes(profile.trim()));
}

function scanService(name: string, body: string): Service {
  const limits = /^ +limits: *\{([^}]*)\}/m.exec(body)?.[1] ?? '';
  const cpus = /cpus: *"?([\d.]+)/.exec(limits)?.[1];
  const memory = toBytes(/memory: *"?(\w+)/.exec(limits)?.[1] ?? '');
  const ports = (/^ {4}ports: *\[([^\]]*)\]/m.exec(body)?.[1] ?? '').split(',').flatMap(parsePort);
  return { name, ports, ...(cpus === undefined ? {} : { cpus: Number(cpus) }), ...(memory === undefined ? {} : { memory }) };
}

/** `127.0.0.1:80:80` or `80:80`, in quotes. */
function parsePort(text: string): readonly Published[] {
  const match = /^(?:(.+):)?(\d+):\d+$/.exec(text.replaceAll('"', '').trim());
  const address = match?.[1] ?? '';
  return match === null ? [] : [{ address: address === '0.0.0.0' ? '' : address, port: Number(match[2]) }];
}

function toBytes(text: string): number | undefined {
  const match = /^(\d+)([kmg]?)b?$/i.exec(text);
  return match === null ? undefined : Number(match[1]) * 1024 ** ' kmg'.indexOf((match[2] ?? '').toLowerCase() || ' ');
}
