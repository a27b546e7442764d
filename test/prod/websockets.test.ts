/** The same with WebSockets: another worker in Gunicorn's processes, and connections that stay open through nginx and TLS. */
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docker, generate, ownPorts } from '../stack/stack.ts';
import { configure, containerOf, HOST, prod, removeSite, setInDotenv, visit, type Site } from './site.ts';

let site: Site;

beforeAll(async () => {
  site = { stack: await generate('pr-sockets', ownPorts(21), '--websockets'), http: 30_181, https: 30_143 };
  await configure(site);
  await setInDotenv(site, { METRICS: '1' });
  await prod(site, 'certificate', '--self-signed');
  await prod(site, 'up');
});
afterAll(() => removeSite(site));

test('requests are answered, and a socket that is opened speaks', async () => {
  expect((await visit(site, '/api/v1/health/')).status).toBe(200);
  const socket = connect({ host: '127.0.0.1', port: site.https, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] });
  let heard = '';
  socket.on('data', (data) => (heard += data.toString('latin1')));
  socket.write(
    `GET /api/ws/health/ HTTP/1.1\r\nHost: ${HOST}\r\nOrigin: https://${HOST}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  await expect.poll(() => heard, { timeout: 10_000 }).toMatch(/^HTTP\/1\.1 101[^]*"status": ?"healthy"/);
  socket.destroy();
});

test('its processes, of another kind, count their requests too', async () => {
  await visit(site, '/api/v1/config/frontend/');
  const numbers = await docker('exec', await containerOf(site, 'backend'), 'curl', '-sS', 'http://localhost:9100/metrics');
  expect(numbers).toMatch(/^http_request_duration_seconds_count\{method="GET",route="frontend-config",status="200"\} [1-9]/m);
});

test('it ends in order', async () => {
  const id = await containerOf(site, 'backend');
  await docker('stop', id);
  expect(await docker('inspect', '--format', '{{.State.ExitCode}}', id)).toMatch(/^(0|143)$/);
});
