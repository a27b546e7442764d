/** Traces by OpenTelemetry's own variables: off by default, and of a real request, its statements and its task, at a real receiver. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { docker } from '../stack/stack.ts';
import { containerOf, HOST, nameOf, prod, send, setInDotenv, type Page } from './site.ts';

const site = inject('site');
const COLLECTOR = `${site.stack.name}-collector`;
const DOTENV = join(site.stack.folder, '.env.prod');
const EMAIL = 'traced@files.test';
const PASSWORD = 'a-long-enough-passphrase-7';

/** Takes what a collector takes, and prints it as lines of JSON. */
const RECEIVER = `
from gzip import decompress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from google.protobuf.json_format import MessageToJson
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest as Request
class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        body = decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body
        if self.path == "/v1/traces" and self.headers["X-Key"] == "of-the-service":
            print(MessageToJson(Request.FromString(body), indent=None), flush=True)
        self.send_response(200)
        self.end_headers()
ThreadingHTTPServer(("", 4318), Handler).serve_forever()
`;

const SETTINGS = {
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
  OTEL_EXPORTER_OTLP_HEADERS: 'x-key=of-the-service',
  OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
  OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=tests',
  OTEL_BSP_SCHEDULE_DELAY: '200',
};

interface Span {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: string;
  readonly tags: Readonly<Record<string, string>>;
}

test('without the variable nothing is sent', async () => {
  expect(await docker('exec', await containerOf(site, 'backend'), 'env')).not.toMatch(/^OTEL_(?!SERVICE_NAME)/m);
});

describe('with an address', () => {
  let dotenv = '';

  beforeAll(async () => {
    dotenv = await readFile(DOTENV, 'utf8');
    const image = await docker('inspect', '--format', '{{.Image}}', await containerOf(site, 'backend'));
    // Compose’s label on the image would make it one of the site’s own.
    await docker('run', '--detach', '--rm', '--name', COLLECTOR, '--network', `${nameOf(site)}_web`, '--network-alias', 'collector', '--label', 'com.docker.compose.project=', '--entrypoint', 'python', image, '-c', RECEIVER);
    await prod(site, 'manage', 'shell', '--no-imports', '-c', `from apps.users.models import User; User.objects.filter(email="${EMAIL}").delete(); User.objects.create_user("${EMAIL}", "${PASSWORD}")`);
    await setInDotenv(site, SETTINGS);
    await prod(site, 'up');
  });
  afterAll(async () => {
    await writeFile(DOTENV, dotenv);
    await docker('rm', '--force', COLLECTOR);
    await prod(site, 'up');
  });

  test('a request is a trace, with its id, its statements and its task', async () => {
    const cookie = cookiesOf(await write('', 'POST', '/api/v1/auth/login/', JSON.stringify({ email: EMAIL, password: PASSWORD })));
    const made = await write(cookie, 'POST', '/api/v1/documents/', JSON.stringify({ title: 'Mine' }));
    const path = `/api/v1/documents/${(JSON.parse(made.text) as { id: number }).id}/attachment/`;
    const form = '--b\r\nContent-Disposition: form-data; name="file"; filename="plan.txt"\r\n\r\nof-the-upload\r\n--b--\r\n';
    const stored = await write(cookie, 'PUT', `${path}?reset=of-the-query`, form, 'multipart/form-data; boundary=b');
    expect(stored.status, stored.text).toBe(200);
    const id = String(stored.headers['x-request-id']);

    const spansOfIt = async () => (await received()).filter(({ tags }) => tags['request_id'] === id);
    await expect.poll(async () => (await spansOfIt()).map(({ name }) => name), { timeout: 30_000 }).toContain('run/apps.worker.run');
    await expect.poll(async () => (await spansOfIt()).map(({ kind }) => kind), { timeout: 30_000 }).toContain('SPAN_KIND_SERVER');
    const spans = await spansOfIt();
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);

    const root = spans.find(({ kind }) => kind === 'SPAN_KIND_SERVER')!;
    expect(root).toMatchObject({ service: 'backend', tags: { 'http.method': 'PUT', 'http.status_code': '200', 'deployment.environment.name': 'tests' } });
    expect(root.parentSpanId).toBeUndefined();
    const below = spans.filter(({ parentSpanId }) => parentSpanId === root.spanId);
    expect(below.find(({ tags }) => tags['db.system'] === 'postgresql' && tags['db.statement']?.includes('"documents_'))?.service).toBe('backend');
    expect(below.some(({ tags }) => tags['db.system'] === 'redis')).toBe(true);

    const queued = spans.find(({ name }) => name === 'apply_async/apps.worker.run')!;
    const run = spans.find(({ name }) => name === 'run/apps.worker.run')!;
    expect([run.service, run.parentSpanId]).toEqual(['celery', queued.spanId]);
    expect(spans.some(({ service, parentSpanId, tags }) => service === 'celery' && parentSpanId === run.spanId && tags['db.system'] === 'postgresql')).toBe(true);
  });

  test('nothing private is in any of them, and nothing that happens by itself', async () => {
    const text = await docker('logs', COLLECTOR);
    for (const secret of [EMAIL, PASSWORD, 'of-the-query', 'of-the-upload', 'plan.txt', 'sessionid=', 'csrftoken']) expect(text, secret).not.toContain(secret);
    const roots = (await received()).filter(({ parentSpanId }) => parentSpanId === undefined);
    expect(roots.filter(({ name, kind }) => kind !== 'SPAN_KIND_SERVER' || name.includes('health'))).toEqual([]);
  });
});

async function received(): Promise<readonly Span[]> {
  const batches = (await docker('logs', COLLECTOR)).split('\n').filter((line) => line.startsWith('{'));
  return batches.flatMap((line) =>
    (JSON.parse(line) as Batch).resourceSpans.flatMap(({ resource, scopeSpans }) =>
      scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ ...span, service: flat(resource.attributes)['service.name']!, tags: { ...flat(resource.attributes), ...flat(span.attributes) } }))),
    ),
  );
}

interface Batch {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Tag[] };
    readonly scopeSpans: readonly { readonly spans: readonly (Omit<Span, 'service' | 'tags'> & { readonly attributes?: readonly Tag[] })[] }[];
  }[];
}

interface Tag {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

const flat = (tags: readonly Tag[] = []) => Object.fromEntries(tags.map(({ key, value }) => [key, String(Object.values(value)[0])]));

/** As a browser does: with the token that belongs to its cookie. */
async function write(cookie: string, method: string, path: string, body: string, type = 'application/json'): Promise<Page> {
  const csrf = await send(site, { path: '/api/v1/auth/csrf/', headers: { Cookie: cookie } });
  const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
  const cookies = [cookie, cookiesOf(csrf)].filter(Boolean).join('; ');
  return send(site, { path, method, body, headers: { Origin: `https://${HOST}`, Referer: `https://${HOST}/`, Cookie: cookies, 'X-CSRFToken': csrfToken, 'Content-Type': type } });
}

const cookiesOf = ({ headers }: Page) => (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
