import { expect, it } from 'vitest';
import { unpackBase } from '../../src/plan/base.ts';
import { plan } from '../../src/plan/plan.ts';
import { FACTS, optionsOf, planOf, textsOf } from '../fixtures.ts';

it('the same input gives the same bytes', () => {
  expect(planOf({ celery: true })).toEqual(planOf({ celery: true }));
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

it('the base holds every file as emitted, but .env and what describes the project', () => {
  const { files } = planOf();
  const base = unpackBase(files.find(({ path }) => path === '.devstack/base.json.gz')?.content ?? new Uint8Array());
  const expected = files.filter(({ path }) => path !== '.env' && !path.startsWith('.devstack/'));
  expect([...base.keys()].toSorted()).toEqual(expected.map(({ path }) => path));
  for (const { path, content } of expected) expect(Buffer.from(base.get(path) ?? []).equals(content), path).toBe(true);
});

it('a template that uses an unknown name is named in the fault', () => {
  const render = () => {
    throw new Error('"typo" not defined');
  };
  const broken = { name: 'base', statics: new Map(), packed: new Uint8Array(), rendered: new Map([['x', { source: 'compose/base/x.hbs', render }]]) };
  expect(() => plan(optionsOf(), [broken], FACTS)).toThrow('templates/compose/base/x.hbs could not be rendered');
});

it("a feature's layer is there only with the feature", () => {
  const paths = (celery: boolean) => planOf({ celery }).files.map(({ path }) => path);
  expect(paths(false)).not.toContain('backend/config/celery.py');
  expect(paths(true)).toContain('backend/config/celery.py');
  expect(paths(true).filter((path) => !paths(false).includes(path)).every((path) => /celery|worker|task/.test(path))).toBe(true);
});
