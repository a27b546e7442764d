/** errors: what went wrong, out of recorded lines of each service. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { answer, calls, run } from './sandbox.ts';

interface Found {
  readonly time: string;
  readonly source: string;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly request: string | null;
  readonly answer: string | null;
  readonly count: number;
  readonly detail: string;
}

const ID = '8edd675b6660a4ff6177f6f2e97a0491';
let second = 0;
beforeEach(() => void (second = 0));

/** As Compose prints them, each a second after the one before. */
function lines(container: string, text: string): string {
  return text
    .split('\n')
    .map((line) => `${container.padEnd(12)} | 2026-11-28T01:00:${String(second++ % 60).padStart(2, '0')}.000000000Z ${line}\n`)
    .join('');
}

async function find(...logs: string[]): Promise<readonly Found[]> {
  answer('service-logs', logs.join(''));
  const { stdout } = await run(['errors', '--json']);
  return (JSON.parse(stdout) as { errors: Found[] }).errors;
}

const VIEW = `2026-11-28T01:09:05.342120Z [error    ] Internal Server Error: /api/v1/throw/ [django.request] request_id=${ID} status_code=500
Traceback (most recent call last):
  File "/opt/venv/lib/python3.12/site-packages/django/core/handlers/base.py", line 197, in _get_response
    response = wrapped_callback(request, *callback_args, **callback_kwargs)
  File "/app/apps/core/drill.py", line 8, in throw
    raise ValueError("thrown in a view")
ValueError: thrown in a view
2026-11-28T01:09:05.400590Z [info     ] request [request] method=GET path=/api/v1/throw/ route=throw user_id=None status=500 ms=1689.3 request_id=${ID}
2026-11-28T01:09:05.471151Z [error    ] "GET /api/v1/throw/ HTTP/1.1" 500 291 [django.server] request_id=${ID} status_code=500`;
const TASK = `2026-11-28T01:09:07.720456Z [error    ] Task apps.users.tasks.broken[00700a8b] raised unexpected: RuntimeError('x') [celery.app.trace] request_id=${ID} task_id=00700a8b
Traceback (most recent call last):
  File "/app/apps/users/tasks.py", line 4, in first
    json.loads("")
json.decoder.JSONDecodeError: Expecting value

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/opt/venv/lib/python3.12/site-packages/celery/app/trace.py", line 883, in __protected_call__
    return self.run(*args, **kwargs)
  File "/app/apps/users/tasks.py", line 6, in broken
    raise RuntimeError("thrown in a task")
RuntimeError: thrown in a task
2026-11-28T01:09:08.720456Z [info     ] Task apps.users.tasks.other[1] succeeded [celery.app.trace]`;
const BROWSER = `1:09:23 AM [vite] (client) [Unhandled error] Error: thrown in the browser
 > Page src/features/page.tsx:16:8
    14 |
    16 |    throw new Error('thrown in the browser')
       |          ^
 > renderWithHooks node_modules/react-dom/index.js:1:2

1:09:24 AM [vite] (client) hmr update /src/features/page.tsx`;

it('names file and line of a throw in the browser, a view and a task, with the request and its answer', async () => {
  const found = await find(
    lines('app-frontend', BROWSER),
    lines('app-backend', VIEW),
    lines('app-celery', TASK),
    lines('app-proxy', `172.21.0.1 GET /api/v1/throw/ 500 291B 1.7s upstream=172.21.0.5:8000 1.7s id=${ID}`),
  );
  const place = ({ source, message, file, line, request, answer: sent, count }: Found) => [source, message, file, line, request, sent, count];
  expect(found.map(place)).toEqual([
    ['browser', 'Error: thrown in the browser', 'frontend/src/features/page.tsx', 16, null, null, 1],
    ['backend', 'ValueError: thrown in a view', 'backend/apps/core/drill.py', 8, ID, 'GET /api/v1/throw/ 500', 1],
    ['celery', 'RuntimeError: thrown in a task', 'backend/apps/users/tasks.py', 6, ID, 'GET /api/v1/throw/ 500', 1],
  ]);
  expect(found[0]!.detail).toContain("16 |    throw new Error('thrown in the browser')");
  expect(found[2]!.detail).toContain('During handling of');
});

it('reads the same of logs in JSON, and nothing of a line that is no error', async () => {
  const trace = 'Traceback (most recent call last):\\n  File \\"/app/apps/core/drill.py\\", line 8, in throw\\n    raise ValueError(\\"a\\\\tb\\")\\nValueError: \\"quoted\\" and C:\\\\\\\\new';
  const found = await find(
    lines('app-backend', `{"event": "Internal Server Error: /x", "level": "error", "logger": "django.request", "request_id": "${ID}", "exception": "${trace}"}`),
    lines('app-backend', `{"event": "request", "level": "info", "logger": "request", "method": "GET", "path": "/x", "status": 500, "request_id": "${ID}"}`),
    lines('app-backend', '{"event": "an error is spoken of", "level": "warning", "logger": "apps"}'),
  );
  expect(found).toMatchObject([{ source: 'backend', message: 'ValueError: "quoted" and C:\\\\new', file: 'backend/apps/core/drill.py', line: 8, request: ID, answer: 'GET /x 500', count: 1 }]);
});

it.each([
  ['code that does not load', 'app-backend', 'Traceback (most recent call last):\n  File "/app/config/urls.py", line 23, in <module>\n    import x\n  File "/app/apps/core/drill.py", line 9\n    def broken(:\n               ^\nSyntaxError: invalid syntax\nIt does not load. Saving the mended file is enough: develop.py waits for it.', { source: 'backend', message: 'SyntaxError: invalid syntax', file: 'backend/apps/core/drill.py', line: 9 }],
  ['a file that Vite cannot read', 'app-frontend', '1:10:29 AM [vite] (client) Pre-transform error: Transform failed with 1 error:\n\n\u001b[31m[PARSE_ERROR] \u001b[0mUnexpected token\n    \u001b[38;5;246m╭─[\u001b[0m src/main.tsx:20:11 \u001b[38;5;246m]\u001b[0m\n  Plugin: vite:oxc\n  File: /app/src/main.tsx\n1:10:44 AM [vite] Internal server error: Transform failed with 1 error:\n\n[PARSE_ERROR] Unexpected token\n    ╭─[ src/main.tsx:20:11 ]', { source: 'frontend', message: '[PARSE_ERROR] Unexpected token', file: 'frontend/src/main.tsx', line: 20, count: 2 }],
  ['an import that Vite cannot find', 'app-frontend', '1:10:29 AM [vite] Internal server error: Failed to resolve import "./gone" from "src/main.tsx". Does the file exist?\n  Plugin: vite:import-analysis\n  File: /app/src/main.tsx:3:19', { source: 'frontend', file: 'frontend/src/main.tsx', line: 3 }],
  ["the browser's console, whose lines are not those of the source", 'app-frontend', '1:09:22 AM [vite] (client) [console.error] said Error: inner\n    at http://localhost/src/main.tsx?t=1795828117413:22:38', { source: 'browser', message: 'said Error: inner', file: 'frontend/src/main.tsx', line: null }],
  ['a query', 'app-db', '2026-11-28 01:09:27.464 UTC [315] ERROR:  relation "nothing" does not exist at character 15\n2026-11-28 01:09:27.464 UTC [315] STATEMENT:  select * from nothing\n2026-11-28 01:09:28.464 UTC [7] LOG:  checkpoint starting', { source: 'db', message: 'ERROR: relation "nothing" does not exist at character 15', detail: expect.stringContaining('STATEMENT:  select * from nothing') }],
  ['a service that nginx does not reach', 'app-proxy', `2026/11/28 01:10:26 [error] 19#19: *44 connect() failed (111: Connection refused) while connecting to upstream, client: 172.21.0.1, server: _, request: "GET /api/v1/x/ HTTP/1.1", upstream: "http://1.2.3.4/"\n172.21.0.1 GET /api/v1/x/ 502 171B 0.000s upstream=backend 0.000s id=${ID}`, { source: 'proxy', message: 'connect() failed (111: Connection refused) while connecting to upstream', request: ID, answer: 'GET /api/v1/x/ 502' }],
  ['an answer without a reason', 'app-proxy', `172.21.0.1 GET /slow 504 0B 60.0s upstream=backend 60.0s id=${ID}`, { source: 'proxy', message: 'GET /slow 504', request: ID }],
  ["nginx's configuration", 'app-proxy', 'nginx: [emerg] unknown directive "prox" in /opt/nginx/nginx.conf:12', { source: 'proxy', file: 'nginx/nginx.conf', line: 12 }],
  ['a service that its health check ends', 'app-celery', 'healthcheck: the probe failed, 3 checks in a row: ending this container so that Docker starts it again\nTraceback (most recent call last):\n  File "/app/develop.py", line 9, in run\n    wait()\nKeyboardInterrupt', { source: 'celery', message: expect.stringContaining('ending this container') }],
])('finds %s', async (_, container, text, expected) => {
  expect(await find(lines(container, text))).toEqual([expect.objectContaining(expected)]);
});

it('takes nothing else for an error', async () => {
  const calm = [
    lines('app-db', '2026-11-28 01:08:10.426 UTC [7] LOG:  starting PostgreSQL 15.18\n2026-11-28 01:08:11.426 UTC [9] FATAL:  the database system is starting up'),
    lines('app-redis', '7:M 28 Nov 2026 01:07:58.084 # WARNING Memory overcommit must be enabled!'),
    lines('app-backend', '2026-11-28T01:09:05.400590Z [warning  ] Not Found: /error [django.request]\n2026-11-28T01:09:05.4Z [info     ] request [request] method=GET path=/error status=404'),
    lines('app-proxy', `172.21.0.1 GET /error 404 1B 0.1s upstream=1 0.1s id=${ID}\n2026/11/28 01:10:26 [warn] 19#19: *44 an upstream response is buffered`),
    lines('app-frontend', '1:09:24 AM [vite] (client) hmr update /src/shared/error.tsx\n1:09:24 AM [vite] (client) page reload src/failed.tsx'),
  ];
  expect(await find(...calm)).toEqual([]);
  const { exitCode, stdout } = await run(['errors']);
  expect([exitCode, stdout]).toEqual([0, '✓ Nothing went wrong in the last 5m.']);
});

it('counts what is repeated, and puts the newest last', async () => {
  const view = lines('app-backend', VIEW);
  const query = lines('app-db', '2026-11-28 01:09:27.464 UTC [315] ERROR:  division by zero');
  // Another request: its answer has its reason, too.
  const again = VIEW.replaceAll(ID, ID.replace('8', '9'));
  expect((await find(view, query, lines('app-backend', again))).map(({ source, count }) => [source, count])).toEqual([
    ['db', 1],
    ['backend', 2],
  ]);
  const { exitCode, stdout } = await run(['errors', '--since', '2h']);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^01:00:\d\dZ {2}db +ERROR: division by zero\n01:00:\d\dZ {2}backend +ValueError: thrown in a view {2}\(2 times\)\n +backend\/apps\/core\/drill\.py:8\n +request \w+: GET \/api\/v1\/throw\/ 500$/);
  expect(calls()).toContain('compose logs --no-color --timestamps --since 2h');
});

describe('what is asked', () => {
  it.each([[['--since', 'noon']], [['--since']], [['--all']]])('%j is wrong usage', async (args) => {
    expect((await run(['errors', ...args])).exitCode).toBe(2);
  });

  it('logs that cannot be read are a failure, and no empty list', async () => {
    answer('fail-at', 'compose logs');
    const { exitCode, stdout, stderr } = await run(['errors', '--json']);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toContain('the stub fails');
  });
});

it('is what docs/output.schema.json says', async () => {
  const schema: unknown = JSON.parse(readFileSync(new URL('../../templates/compose/base/docs/output.schema.json', import.meta.url), 'utf8'));
  const ajv = new Ajv2020({ allowUnionTypes: true });
  ajv.addSchema(schema as object, 'output');
  for (const error of await find(lines('app-backend', VIEW), lines('app-db', '2026-11-28 01:09:27.464 UTC [315] ERROR:  x\ty "z"'))) {
    ajv.validate({ $ref: 'output#/$defs/error' }, error);
    expect(ajv.errors ?? []).toEqual([]);
  }
});
