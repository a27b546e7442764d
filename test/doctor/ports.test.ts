import { describe } from 'vitest';
import { checkNamesake } from '../../src/doctor/checks/namesake.ts';
import { checkPorts } from '../../src/doctor/checks/ports.ts';
import { testCases } from './cases.ts';
import { container, MISSING, MODEL, ok } from './fake-system.ts';

const running = (...lines: string[]) => ({ 'docker ps': ok(lines.join('\n')) });
const OTHER = { '/other/.keep': '' };

describe('ports', () => {
  const all = (ports: string) => container({ name: 'web', project: '', folder: '', service: '', ports });
  const model = (service: string, address: string, port: string, protocol = 'tcp') => ({
    'docker compose config': ok(JSON.stringify({ ...MODEL, services: { ...MODEL.services, [service]: { ports: [{ host_ip: address, published: port, protocol }] } } })),
  });
  testCases(checkPorts, [
    { name: 'are free', finds: [] },
    { name: 'are held by a program', machine: { ports: { 80: 'nginx (process 812)' } }, finds: ['problem port-taken'], says: ['Port 80, wanted by proxy, is taken by nginx (process 812).', 'Stop that program, or set PROXY_PORT=8080 in /app/.env'] },
    { name: 'are held by a program that this user may not see', machine: { ports: { 80: '' } }, finds: ['problem port-taken'], says: ['Port 80, wanted by proxy, is taken by another program', 'ss -ltnp', 'set PROXY_PORT=8080 in /app/.env'] },
    { name: 'give way to one that is free', machine: { ports: { 80: '', 8080: '' } }, finds: ['problem port-taken'], says: ['PROXY_PORT=8081'] },
    { name: 'are held by our own containers', machine: { ports: { 80: '' }, commands: running(container({ ports: '127.0.0.1:80->80/tcp' })) }, finds: [] },
    { name: 'are held by our own containers, by way of a link', machine: { ports: { 80: '' }, realPaths: { '/link': '/app' }, commands: running(container({ folder: '/link', ports: '127.0.0.1:80->80/tcp' })) }, finds: [] },
    { name: 'are held by those of a folder that is gone, which Compose replaces', machine: { ports: { 80: '' }, commands: running(container({ folder: '/gone', ports: '127.0.0.1:80->80/tcp' })) }, finds: [] },
    { name: 'are held by a namesake', machine: { files: OTHER, ports: { 80: '' }, commands: running(container({ folder: '/other', ports: '127.0.0.1:80->80/tcp' })) }, finds: ['problem port-taken'], says: ['the container app-proxy of /other', 'docker stop app-proxy'] },
    { name: 'are held by a container that no listener shows', machine: { commands: running(all('0.0.0.0:79-81->79-81/tcp, :::79-81->79-81/tcp')) }, finds: ['problem port-taken'], says: ['the container web.'] },
    { name: 'are free where a container has them on another address, by UDP or inside', machine: { commands: running(all('192.168.1.2:80->80/tcp, 0.0.0.0:80->80/udp, 8000/tcp')) }, finds: [] },
    { name: 'are to be on an address that is not here', machine: { commands: model('api', '10.0.0.9', '9000') }, finds: ['problem address-foreign'], says: ['10.0.0.9', 'BIND_ADDRESS'] },
    { name: 'may be on any address of the loopback, which Linux does not list', machine: { commands: model('api', '127.0.0.2', '9000') }, finds: [] },
    { name: 'are wanted twice', machine: { commands: model('api', '0.0.0.0', '80') }, finds: ['problem port-twice'], says: ['proxy and api', 'publish api on another port in docker-compose.yml, such as 8080'] },
    { name: 'give way to one that no other service wants', machine: { commands: model('api', '127.0.0.1', '8080'), ports: { 80: '' } }, finds: ['problem port-taken'], says: ['PROXY_PORT=8081'] },
    { name: 'are not judged for UDP', machine: { commands: model('dns', '', '53', 'udp'), ports: { 53: '' } }, finds: [] },
    { name: 'are left to Docker', machine: { commands: model('api', '', ''), ports: { 0: '' } }, finds: [] },
    { name: 'are not judged where Compose does not tell them', machine: { commands: { 'docker compose config': MISSING, 'docker ps': MISSING }, ports: { 80: '' } }, finds: [] },
  ]);
});

describe("the project's name", () => {
  testCases(checkNamesake, [
    { name: 'is ours', machine: { commands: running(container({})) }, finds: [] },
    { name: 'is not that of another project', machine: { files: OTHER, commands: running(container({ project: 'b', folder: '/other' })) }, finds: [] },
    { name: 'is used by another folder, stopped or not', machine: { files: OTHER, commands: running(container({}), container({ folder: '/other', status: 'Exited (0)' })) }, finds: ['problem name-taken'], says: ['"app"', '/other', 'COMPOSE_PROJECT_NAME'] },
    { name: 'may be that of a folder that is gone', machine: { commands: running(container({ folder: '/gone' })) }, finds: [] },
  ]);
});
