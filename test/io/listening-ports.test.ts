import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { collide, findListeners } from '../../src/io/listening-ports.ts';
import { parseLsof, parseNetstat, parseProcNet, parseTasklist } from '../../src/io/socket-tables.ts';

it('sees a server of this machine and who it is, and no longer when it has closed', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const found = (await findListeners()).find((listener) => listener.port === port);
  expect(found).toMatchObject({ address: '127.0.0.1', holder: expect.stringContaining(`(process ${process.pid})`) });
  server.close();
  await once(server, 'close');
  expect((await findListeners()).map((listener) => listener.port)).not.toContain(port);
});

it('reads what Linux tells: listening sockets, not connections', () => {
  const text = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4242 1 0 100 0 0 10 0
   1: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 4243 1 0 100 0 0 10 0
   2: 00000000:0051 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4244 1 0 100 0 0 10 0
   3: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 4245 1
   4: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 4246 1
   5: 0000000000000000FFFF00000100007F:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 4247 1`;
  expect(parseProcNet(text)).toEqual([
    { address: '127.0.0.1', port: 8080, owner: '4242' },
    { address: '', port: 81, owner: '4244' },
    { address: '', port: 80, owner: '4245' },
    { address: '::1', port: 80, owner: '4246' },
    { address: '127.0.0.1', port: 80, owner: '4247' },
  ]);
});

it.each([
  [
    'macOS',
    'tcp4       0      0  127.0.0.1.5432         *.*                    LISTEN\ntcp46      0      0  *.80                   *.*                    LISTEN\ntcp4       0      0  10.0.0.2.50000         10.0.0.3.443           ESTABLISHED\ntcp6       0      0  fe80::1%lo0.81         *.*                    LISTEN',
    [{ address: '127.0.0.1', port: 5432 }, { address: '', port: 80 }, { address: 'fe80::1', port: 81 }],
  ],
  [
    'Windows',
    '  TCP    0.0.0.0:5432           0.0.0.0:0              LISTENING       812\r\n  TCP    [::1]:80               [::]:0                 LISTENING       4\r\n  UDP    0.0.0.0:500            *:*                                    9',
    [{ address: '', port: 5432, owner: '812' }, { address: '::1', port: 80, owner: '4' }],
  ],
])('reads what netstat tells on %s', (_, text, sockets) => {
  expect(parseNetstat(text)).toEqual(sockets);
});

it('reads who lsof says has a port', () => {
  expect([...parseLsof('p812\ncnginx\nf6\nn*:80\nf7\nn127.0.0.1:8080\np90\ncpostgres\nf5\nn[::1]:5432\n')]).toEqual([
    [80, 'nginx (process 812)'],
    [8080, 'nginx (process 812)'],
    [5432, 'postgres (process 90)'],
  ]);
});

it('reads who tasklist says a process is', () => {
  expect([...parseTasklist('"System","4","Services","0","20 K"\r\n"nginx.exe","812","Console","1","9,000 K"\r\n')]).toEqual([
    ['4', 'System (process 4)'],
    ['812', 'nginx.exe (process 812)'],
  ]);
});

it.each([
  ['127.0.0.1', '127.0.0.1', true],
  ['', '127.0.0.1', true],
  ['127.0.0.1', '', true],
  ['127.0.0.1', '10.0.0.2', false],
])('"%s" and "%s" on one port collide: %s', (one, other, expected) => {
  expect(collide({ address: one }, { address: other })).toBe(expected);
});
