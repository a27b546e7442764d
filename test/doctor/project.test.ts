import { describe } from 'vitest';
import { checkComposeFile } from '../../src/doctor/checks/compose-file.ts';
import { checkDotenv } from '../../src/doctor/checks/dotenv.ts';
import { checkLifetimes } from '../../src/doctor/checks/lifetimes.ts';
import { checkLimits } from '../../src/doctor/checks/limits.ts';
import { checkLineEnds } from '../../src/doctor/checks/line-ends.ts';
import { checkNodeModules } from '../../src/doctor/checks/node-modules.ts';
import { checkVolumes } from '../../src/doctor/checks/volumes.ts';
import { testCases } from './cases.ts';
import { container, ENV, failed, info, MISSING, NOON, ok } from './fake-system.ts';

const env = (text: string) => ({ files: { '/app/.env': text } });

describe('.env', () => {
  testCases(checkDotenv, [
    { name: 'is complete and private', finds: [] },
    { name: 'is missing', machine: { files: { '/app/.env': undefined } }, finds: ['problem env-missing'], says: ['/app/.env', '/app/docker-dev.sh start'] },
    { name: 'can be read by others', machine: { stats: { '/app/.env': { mode: 0o644 } } }, finds: ['problem env-mode'], says: ['mode 0644', 'chmod 600 /app/.env'] },
    { name: 'can be read by its group', machine: { stats: { '/app/.env': { mode: 0o640 } } }, finds: ['problem env-mode'] },
    { name: 'has no modes on Windows', machine: { platform: 'win32', stats: { '/app/.env': { mode: 0o666 } } }, finds: [] },
    { name: 'has an empty secret', machine: env(ENV.replace('abc', '')), finds: ['problem env-secret-missing'], says: ['POSTGRES_PASSWORD', 'openssl rand -hex 32'] },
    { name: 'lacks a secret and another key', machine: env('COMPOSE_PROFILES=\n'), finds: ['problem env-secret-missing', 'advice env-key-missing'] },
    { name: 'may leave the profile out', machine: env(ENV.replace(/^COMPOSE_PROFILES.*\n/, '')), finds: [] },
    { name: 'may set what is commented out, or what Compose reads', machine: env(`${ENV}PROXY_PORT=81\nCOMPOSE_PROJECT_NAME=b\nBACKEND_PORT=1\n`), finds: [] },
    { name: 'has a misspelt key', machine: env(`${ENV}PROXY_PROT=81\n`), finds: ['advice env-key-unknown'], says: ['PROXY_PROT', 'perhaps PROXY_PORT was meant'] },
    { name: 'may set what a service takes whole', machine: { files: { '/app/.env': `${ENV}TOKEN=1\n`, '/app/docker-compose.yml': 'services:\n  a:\n    env_file: .env\n' } }, finds: [] },
    { name: 'has nothing to be compared with', machine: { files: { '/app/.env': '', '/app/.env.example': undefined } }, finds: [] },
  ]);
});

describe('docker-compose.yml', () => {
  const refused = (words: string) => ({ commands: { 'docker compose config': failed(words) } });
  testCases(checkComposeFile, [
    { name: 'is accepted', finds: [] },
    { name: 'is refused', machine: refused('warning\nservices.db: invalid port'), finds: ['problem compose-file'], says: ['services.db: invalid port', 'config --quiet'] },
    { name: 'misses a secret, which another check tells', machine: refused('required variable POSTGRES_PASSWORD is missing a value'), finds: ['advice stack-unchecked'] },
    { name: 'misses a variable of its own', machine: refused('required variable TOKEN is missing a value'), finds: ['problem compose-file'] },
    { name: 'is refused for want of .env', machine: { ...refused('required variable X'), files: { '/app/.env': undefined } }, finds: ['advice stack-unchecked'] },
    { name: 'is not looked into without Docker', machine: { commands: { 'docker compose config': MISSING } }, finds: ['advice stack-unchecked'], says: ['ports, limits and volumes', 'not checked'] },
    { name: 'is not looked into where Compose hangs', machine: { commands: { 'docker compose config': { status: 'slow' } } }, finds: ['advice stack-unchecked'] },
    { name: 'is resolved to something else under that name', machine: { commands: { 'docker compose config': ok('<html>') } }, finds: ['advice stack-unchecked'] },
  ]);
});

describe('limits', () => {
  testCases(checkLimits, [
    { name: 'fit', finds: [] },
    { name: 'want more CPUs than Docker has', machine: { commands: { 'docker info': info({ NCPU: 1 }) } }, finds: ['problem cpus-exceeded'], says: ['backend (2)', 'the 1 that', 'BACKEND_CPUS=1'] },
    { name: 'want more memory than Docker has', machine: { commands: { 'docker info': info({ MemTotal: 1024 ** 3 }) } }, finds: ['advice memory-exceeded'], says: ['1280 MiB', '1024', 'BACKEND_MEMORY'] },
    { name: 'are not judged where Compose does not tell them', machine: { commands: { 'docker compose config': MISSING }, cpus: 1 }, finds: [] },
    { name: 'are held against this machine where Docker does not answer', machine: { commands: { 'docker info': MISSING }, cpus: 1, memory: 1024 ** 3 }, finds: ['problem cpus-exceeded', 'advice memory-exceeded'] },
  ]);
});

describe('the software in the images', () => {
  const images = (node: string, postgres: string) => ({
    'docker compose config': ok(JSON.stringify({ name: 'app', services: { frontend: { image: 'app-frontend-dev', build: { args: { NODE_IMAGE: node, APP_UID: '1000' } } }, db: { image: postgres } } })),
  });
  testCases(checkLifetimes, [
    { name: 'is unknown', finds: [] },
    { name: 'gets fixes for long', machine: { commands: images('node:24-alpine', 'postgres:18') }, finds: [] },
    { name: 'is about to end', machine: { commands: images('node:20-alpine', 'postgres:18') }, finds: ['advice end-of-life'], says: ['Node 20 (ends 2026-04-30)', 'NODE_IMAGE in /app/.env', 'github.com/nodejs'] },
    { name: 'has ended', machine: { now: Date.parse('2028-01-01'), commands: images('node:24', 'postgres:15') }, finds: ['advice end-of-life', 'advice end-of-life'], says: ['Node 24 (ends 2028-04-30)'] },
    { name: 'has ended, and cannot be replaced by another number', machine: { now: Date.parse('2027-12-01'), commands: images('a-node-of-ours:1', 'postgres:15') }, finds: ['advice end-of-life'], says: ['PostgreSQL 15 (ended 2027-11-11)', 'docs/operations.md'] },
  ]);
});

describe('the volume', () => {
  const created = (time: string) => ({ 'docker volume inspect': ok(`${time}\n`) });
  const older = created('2026-01-30T09:30:00Z');
  const backend = (columns: Parameters<typeof container>[0]) => ok(container({ name: 'app-backend', service: 'backend', created: '2026-01-31 12:00:01 +0000 UTC', ...columns }));
  testCases(checkVolumes, [
    { name: 'is not there', finds: [] },
    { name: 'is younger than .env', machine: { commands: created('2026-01-31T12:00:30Z') }, finds: [] },
    { name: 'is of the same seconds', machine: { commands: created('2026-01-31T11:59:55Z') }, finds: [] },
    { name: 'is older', machine: { commands: older }, finds: ['advice volume-older'], says: ['app-postgres-data', '2026-01-30 09:30:00 UTC', '2026-01-31 12:00:00 UTC', '/app/docker-dev.sh db-password'] },
    { name: 'is older than the copy, but not than its text', machine: { commands: older, stats: { '/app/.env': { modified: NOON - 86_400_000 * 2 } } }, finds: [] },
    { name: 'is older than an edit in place', machine: { commands: older, stats: { '/app/.env': { born: NOON - 86_400_000 * 2 } } }, finds: [] },
    { name: 'is older, and no birth is known', machine: { commands: older, stats: { '/app/.env': { born: 0 } } }, finds: ['advice volume-older'] },
    { name: 'is older, and a healthy backend proves the password', machine: { commands: { ...older, 'docker ps': backend({}) } }, finds: [] },
    { name: 'is older, and the backend that is healthy has an earlier .env', machine: { commands: { ...older, 'docker ps': backend({ created: '2026-01-31 11:00:00 +0000 UTC' }) } }, finds: ['advice volume-older'] },
    { name: 'is older, and the time of that backend has the name of a zone', machine: { commands: { ...older, 'docker ps': backend({ created: '2026-01-31 13:00:01 +0100 CET' }) } }, finds: [] },
    { name: 'is not asked for where Docker hangs', machine: { commands: { ...older, 'docker info': { status: 'slow' } } }, finds: [] },
    { name: 'is older, and the backend is not healthy', machine: { commands: { ...older, 'docker ps': backend({ status: 'Up (unhealthy)' }) } }, finds: ['advice volume-older'] },
    { name: 'is older, and only another project is healthy', machine: { commands: { ...older, 'docker ps': backend({ project: 'b' }) } }, finds: ['advice volume-older'] },
    { name: 'has lost its .env', machine: { commands: older, files: { '/app/.env': undefined } }, finds: ['problem volume-orphaned'], says: ['db-password'] },
    {
      name: 'has lost its .env, without which Compose tells nothing',
      machine: {
        commands: { ...older, 'docker compose config': failed('required variable POSTGRES_PASSWORD is missing a value'), 'docker volume ls --filter label=com.docker.compose.project=app ': ok('redis_data\tapp-redis-data\npostgres_data\tapp-postgres-data\n') },
        files: { '/app/.env': undefined, '/app/.env.example': 'COMPOSE_PROJECT_NAME=app\nPOSTGRES_PASSWORD=\n' },
      },
      finds: ['problem volume-orphaned'],
      says: ['app-postgres-data'],
    },
  ]);
});

describe('line ends', () => {
  testCases(checkLineEnds, [
    { name: 'are those of Unix', finds: [] },
    {
      name: 'are those of Windows in scripts, Dockerfiles and .env',
      machine: { files: { '/app/.env': 'A=1\r\n', '/app/docker/dev/x.sh': '#!/bin/sh\r\n', '/app/backend/Dockerfile': 'FROM a\r\n', '/app/docker-entrypoint': 'a\r\n' } },
      finds: ['problem crlf'],
      says: ['in /app/.env, /app/backend/Dockerfile, /app/docker-entrypoint, /app/docker/dev/x.sh.', "perl -pi -e 's/\\r\\n/\\n/' /app/.env"],
    },
    { name: 'are counted where they are many', machine: { files: Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((one) => [`/app/${one}.sh`, '\r\n'])) }, finds: ['problem crlf'], says: ['5.sh and 2 more'] },
    { name: 'do not matter elsewhere', machine: { files: { '/app/a.txt': '\r\n', '/app/frontend/node_modules/a/b.sh': '\r\n', '/app/backend/media/c.sh': '\r\n' } }, finds: [] },
  ]);
});

describe('node_modules of the host', () => {
  const installed = (packages: object) => ({ '/app/frontend/node_modules/.package-lock.json': JSON.stringify({ packages }) });
  const module = { '/app/frontend/node_modules/vite/package.json': '{}' };
  testCases(checkNodeModules, [
    { name: 'are not there', finds: [] },
    { name: 'are but a mount point with a cache', machine: { files: { '/app/frontend/node_modules/.vite/x': '' } }, finds: [] },
    { name: 'are those of the lock, without an optional one', machine: { files: { ...module, ...installed({ 'node_modules/vite': { version: '8.0.0' } }) } }, finds: [] },
    { name: 'are older', machine: { files: { ...module, ...installed({ 'node_modules/vite': { version: '7.0.0' } }) } }, finds: ['advice node-modules-stale'], says: ['vite differs', 'npm ci --prefix /app/frontend'] },
    { name: 'have another text under the same version', machine: { files: { ...module, ...installed({ 'node_modules/vite': { version: '8.0.0', integrity: 'b' } }), '/app/frontend/package-lock.json': JSON.stringify({ packages: { 'node_modules/vite': { version: '8.0.0', integrity: 'a' } } }) } }, finds: ['advice node-modules-stale'] },
    { name: 'have one too many and one too few', machine: { files: { ...module, ...installed({ 'node_modules/a/node_modules/b': { version: '1.0.0' } }) } }, finds: ['advice node-modules-stale'], says: ['b and 1 more differ'] },
    { name: 'were cut off', machine: { files: module }, finds: ['advice node-modules-stale'], says: ['cut off'] },
    { name: 'are of another package manager', machine: { files: { ...module, '/app/frontend/node_modules/.modules.yaml': '' } }, finds: [] },
  ]);
});
