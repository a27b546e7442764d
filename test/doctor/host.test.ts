import { describe } from 'vitest';
import { checkClock } from '../../src/doctor/checks/clock.ts';
import { checkCompose } from '../../src/doctor/checks/compose.ts';
import { checkDisk } from '../../src/doctor/checks/disk.ts';
import { checkEngine } from '../../src/doctor/checks/engine.ts';
import { checkInotify } from '../../src/doctor/checks/inotify.ts';
import { checkProject } from '../../src/doctor/checks/project.ts';
import { testCases } from './cases.ts';
import { failed, info, MISSING, ok } from './fake-system.ts';

const docker = (ran: ReturnType<typeof ok>) => ({ commands: { 'docker info': ran } });

describe('the engine', () => {
  testCases(checkEngine, [
    { name: 'is new enough', finds: [] },
    { name: 'may be the very oldest', machine: docker(info({ ServerVersion: '25.0.0' })), finds: [] },
    { name: 'may have a version that is none', machine: docker(info({ ServerVersion: 'dev' })), finds: [] },
    { name: 'is too old', machine: docker(info({ ServerVersion: '24.0.9' })), finds: ['problem engine-old'], says: ['24.0.9', '25.0'] },
    { name: 'is missing', machine: docker(MISSING), finds: ['problem docker-missing'], says: ['PATH', 'https://docs.docker.com/engine/install/'] },
    { name: 'refuses this user', machine: docker(failed('x\npermission denied while trying to connect')), finds: ['problem daemon-denied'], says: ['usermod'] },
    { name: 'is down', machine: docker(failed('Cannot connect to the Docker daemon at unix:///x.')), finds: ['problem daemon-unreachable'], says: ['unix:///x', 'systemctl start docker'] },
    { name: 'is down on a Mac', machine: { ...docker(failed('no')), platform: 'darwin' }, finds: ['problem daemon-unreachable'], says: ['open -a Docker'] },
    { name: 'is down, says an older client', machine: docker(ok('{"ServerErrors":["Cannot connect"]}')), finds: ['problem daemon-unreachable'], says: ['Cannot connect'] },
    { name: 'hangs', machine: docker({ status: 'slow' }), finds: ['problem daemon-slow'], says: ['systemctl restart docker'] },
    { name: 'is something else under that name', machine: docker(ok('hello')), finds: ['problem daemon-unreachable'], says: ['did not print JSON: hello'] },
  ]);
});

describe('Compose', () => {
  const version = (ran: ReturnType<typeof ok>) => ({ commands: { 'docker compose version': ran } });
  testCases(checkCompose, [
    { name: 'is new enough', finds: [] },
    { name: 'may be the very oldest', machine: version(ok('v2.24.0')), finds: [] },
    { name: 'is too old', machine: version(ok('2.23.3')), finds: ['problem compose-old'], says: ['2.23.3', '2.24'] },
    { name: 'is missing', machine: version(failed("'compose' is not a docker command")), finds: ['problem compose-missing'], says: ['docker-compose-plugin'] },
    { name: 'is not missed where Docker is', machine: version(MISSING), finds: [] },
  ]);
});

describe('the clock', () => {
  testCases(checkClock, [
    { name: 'goes with ours', finds: [] },
    { name: 'may be five seconds off', machine: docker(info({ SystemTime: '2026-01-31T12:00:05Z' })), finds: [] },
    { name: 'is ahead', machine: docker(info({ SystemTime: '2026-01-31T12:00:06Z' })), finds: ['problem clock-skew'], says: ['6 seconds ahead', 'timedatectl'] },
    { name: 'is behind, in another zone', machine: { ...docker(info({ SystemTime: '2026-01-31T13:58:00+02:00' })), platform: 'darwin' }, finds: ['problem clock-skew'], says: ['120 seconds behind', 'Restart Docker Desktop'] },
    { name: 'is not told', machine: docker(info({ SystemTime: '' })), finds: [] },
    { name: 'cannot be asked', machine: docker(MISSING), finds: [] },
  ]);
});

describe('the disk', () => {
  testCases(checkDisk, [
    { name: 'has room', finds: [] },
    { name: 'is low', machine: { freeSpace: { '/app': 4.2e9 } }, finds: ['advice disk-project'], says: ['4.2 GB', '/app', 'docker system prune'] },
    { name: 'is full', machine: { freeSpace: { '/app': 1e9 } }, finds: ['problem disk-project'] },
    { name: 'is low for Docker', machine: { freeSpace: { '/var/lib/docker': 3e9 } }, finds: ['advice disk-docker'], says: ['/var/lib/docker'] },
    { name: 'is told once where Docker shares it', machine: { freeSpace: { '/app': 3e9, '/var/lib/docker': 3e9 }, stats: { '/var/lib/docker': { device: 1 } } }, finds: ['advice disk-project'] },
    { name: 'of a virtual machine is not seen', machine: { ...docker(info({ DockerRootDir: '/in/the/vm' })), freeSpace: { '/in/the/vm': 1 } }, finds: [] },
    { name: 'is looked at without Docker', machine: { ...docker(MISSING), freeSpace: { '/app': 1e9 } }, finds: ['problem disk-project'] },
  ]);
});

describe('inotify', () => {
  const watches = '/proc/sys/fs/inotify/max_user_watches';
  const instances = '/proc/sys/fs/inotify/max_user_instances';
  testCases(checkInotify, [
    { name: 'allows enough', finds: [] },
    { name: 'allows too few watches', machine: { files: { [watches]: '8192\n' } }, finds: ['advice inotify-watches'], says: ['fs.inotify.max_user_watches is 8192', '65536', 'fs.inotify.max_user_watches=262144'] },
    { name: 'allows too few instances', machine: { files: { [instances]: '127\n' } }, finds: ['advice inotify-instances'], says: ['fs.inotify.max_user_instances=512'] },
    { name: 'is unknown', machine: { files: { [watches]: undefined, [instances]: undefined } }, finds: [] },
    { name: 'is a matter of Linux alone', machine: { platform: 'darwin', files: { [watches]: '1' } }, finds: [] },
  ]);
});

describe('the directory', () => {
  const answers = '/app/.devstack/answers.json';
  testCases(checkProject, [
    { name: 'is a project', finds: [] },
    { name: 'is none', machine: { files: { [answers]: undefined } }, finds: ['advice no-project'], says: ['/app is no devstack project', 'create-devstack doctor my-app'] },
    { name: 'has answers that cannot be read', machine: { files: { [answers]: '{' } }, finds: ['advice answers-broken'], says: ['git checkout'] },
  ]);
});
