import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { findListeningPorts, parseNetstat, parseProcNet } from '../../src/io/listening-ports.ts';

it('sees a server of this machine, and no longer when it has closed', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await findListeningPorts()).toContain(port);
  server.close();
  await once(server, 'close');
  expect(await findListeningPorts()).not.toContain(port);
});

it('reads what Linux tells: listening sockets, not connections', () => {
  const text = `  sl  local_address rem_address   st
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000
   1: 0100007F:C350 0100007F:1F90 01 00000000:00000000
   2: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000`;
  expect(parseProcNet(text)).toEqual([8080, 80]);
});

it.each([
  ['macOS', 'tcp4       0      0  127.0.0.1.5432         *.*                    LISTEN\ntcp46      0      0  *.80                   *.*                    LISTEN\ntcp4       0      0  10.0.0.2.50000         10.0.0.3.443           ESTABLISHED'],
  ['Windows', '  TCP    0.0.0.0:5432           0.0.0.0:0              LISTENING\r\n  TCP    [::]:80                [::]:0                 LISTENING\r\n  UDP    0.0.0.0:500            *:*'],
])('reads what netstat tells on %s', (_, text) => {
  expect(parseNetstat(text)).toEqual([5432, 80]);
});
