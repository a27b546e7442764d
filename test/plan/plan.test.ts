import { describe, expect, it } from 'vitest';
import { FEATURES } from '../../src/options/features.ts';
import { unpackMergeBase } from '../../src/plan/merge-base.ts';
import { plan, type Plan } from '../../src/plan/plan.ts';
import { FEATURE_SETS } from '../feature-sets.ts';
import { FACTS, optionsOf, planOf, textsOf } from '../fixtures.ts';

it('the same input gives the same bytes', () => {
  // As text: Vitest compares bytes one by one, which takes it seconds.
  const written = ({ files, ...rest }: Plan) => ({ ...rest, files: files.map(({ content, ...file }) => ({ ...file, content: Buffer.from(content).toString('base64') })) });
  expect(written(planOf({ celery: true }))).toEqual(written(planOf({ celery: true })));
});

it('every path is there once, sorted', () => {
  const paths = planOf({ celery: true }).files.map(({ path }) => path);
  expect(paths).toEqual([...new Set(paths)].toSorted());
});

it('what starts with #! can be run, .env is for its owner alone, and all else is plain', () => {
  const modes = new Map(planOf().files.map(({ path, mode }) => [path, mode]));
  expect(modes.get('docker-dev.sh')).toBe(0o755);
  expect(modes.get('.env')).toBe(0o600);
  expect(modes.get('docker-compose.yml')).toBe(0o644);
});

it('.env is .env.example with the secrets filled in', () => {
  const texts = textsOf(planOf());
  expect(texts.get('.env.example')).toMatch(/^POSTGRES_PASSWORD=$/m);
  expect(texts.get('.env')).toContain(`\nPOSTGRES_PASSWORD=${FACTS.secrets.POSTGRES_PASSWORD}\n`);
  expect(texts.get('.env')).toMatch(/^APP_UID=1234$/m);
});

it('the answers file says what was chosen, and which version wrote it', () => {
  const answers = JSON.parse(textsOf(planOf({ celery: true, limit: [{ service: 'db', key: 'memory', value: 1024 }] })).get('.devstack/answers.json') ?? '');
  expect(answers).toMatchObject({
    schemaVersion: 1,
    generator: 'create-devstack@1.2.3',
    name: 'app',
    celery: true,
    proxyPort: 80,
    limit: ['db.memory=1024m'],
  });
});

describe('what coding agents read', () => {
  it.each(FEATURE_SETS)('has 2 kB at most, in a part that can be renewed: %o', (features) => {
    const texts = textsOf(planOf(features));
    const text = texts.get('AGENTS.md') ?? '';
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2000);
    expect(text).toMatch(/^<!-- create-devstack: [^\n]* -->\n[^]*\n<!-- \/create-devstack -->\n$/);
    expect(text.includes('./docker-dev.sh celery')).toBe(features.celery);
    expect(texts.get('CLAUDE.md')).toBe('@AGENTS.md\n');
  });

  it('is left out where it is not wanted', () => {
    const { files, command } = planOf({ celery: true, agents: false });
    expect(files.map(({ path }) => path).filter((path) => path.endsWith('.md') && !path.includes('/'))).toEqual(['README.md']);
    expect(command).toContain('--no-agents');
  });
});

it('the base holds every file as emitted, but .env and what describes the project', () => {
  const { files } = planOf();
  const base = unpackMergeBase(files.find(({ path }) => path === '.devstack/base.json.gz')?.content ?? new Uint8Array());
  const expected = files.filter(({ path }) => path !== '.env' && !path.startsWith('.devstack/'));
  expect([...base.keys()].toSorted()).toEqual(expected.map(({ path }) => path));
  for (const { path, content } of expected) expect(Buffer.from(base.get(path) ?? []).equals(content), path).toBe(true);
});

it('a template that uses an unknown name is named in the fault', () => {
  const render = () => {
    throw new Error('"typo" not defined');
  };
  const broken = { name: 'base', fixed: new Map(), varying: new Map([['x', { source: 'compose/base/x.hbs', render }]]) };
  expect(() => plan(optionsOf(), [broken], FACTS)).toThrow('templates/compose/base/x.hbs could not be rendered');
});

describe.each(FEATURES)("the feature $key", ({ key, flag, services, profile }) => {
  const [without, having] = [planOf(), planOf({ [key]: true })].map(textsOf) as [ReadonlyMap<string, string>, ReadonlyMap<string, string>];

  it('adds files, and takes none away', () => {
    const added = [...having.keys()].filter((path) => !without.has(path));
    expect(added.length).toBeGreaterThan(0);
    expect([...without.keys()].filter((path) => !having.has(path))).toEqual([]);
  });

  it('leaves no trace in a project without it', () => {
    const speaking = [...without].filter(([path, text]) => new RegExp(`\\b${flag}\\b`, 'i').test(path + text) && !path.startsWith('.devstack/'));
    expect(speaking.map(([path]) => path)).toEqual([]);
  });

  it('brings its services, and turns on the profile that they are behind', () => {
    for (const service of Object.keys(services)) {
      expect(without.get('docker-compose.yml')).not.toMatch(new RegExp(`^ {2}${service}:`, 'm'));
      expect(having.get('docker-compose.yml')).toMatch(new RegExp(`^ {2}${service}:`, 'm'));
    }
    expect(having.get('.env')).toMatch(profile === undefined ? /^# COMPOSE_PROFILES=$/m : new RegExp(`^COMPOSE_PROFILES=${profile}$`, 'm'));
  });
});

it('what was chosen stands in .env, and what was not stays a comment that shows the default', () => {
  const env = textsOf(planOf({ name: 'shop', dbPort: 15_432, images: 'current', limit: [{ service: 'db', key: 'memory', value: 1024 }] })).get('.env') ?? '';
  for (const line of ['COMPOSE_PROJECT_NAME=shop', 'DB_PORT=15432', '# PROXY_PORT=80', 'POSTGRES_IMAGE=postgres:18', 'POSTGRES_DATA=/var/lib/postgresql', 'DB_MEMORY=1024m', 'POSTGRES_SHARED_BUFFERS=256MB', '# DB_CPUS=1']) {
    expect(env.split('\n')).toContain(line);
  }
});
