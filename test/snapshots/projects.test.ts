/**
 * A few whole projects as a reviewer reads them: the tree with its modes, and each file that varies.
 * Files that never vary are read where they lie, in templates/.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readTemplates } from '../../src/io/templates.ts';
import type { Answers } from '../../src/options/index.ts';
import { planOf, textsOf } from '../fixtures.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const VARYING = new Set(readTemplates().flatMap(({ varying }) => [...varying.keys()]));

const PROJECTS: Readonly<Record<string, Partial<Answers>>> = {
  default: {},
  celery: { celery: true },
  'websockets-and-celery': { celery: true, websockets: true },
  'current-on-other-ports': {
    name: 'shop',
    celery: true,
    images: 'current',
    proxyPort: 8080,
    frontendPort: 8081,
    backendPort: 8082,
    dbPort: 8083,
    redisPort: 8084,
    limit: [{ service: 'db', key: 'memory', value: 1024 }],
  },
};

describe.each(Object.entries(PROJECTS))('%s', (project, changes) => {
  const plan = planOf(changes);

  it('has these files', async () => {
    const tree = plan.files.map(({ path, mode }) => `${mode.toString(8)} ${path}\n`).join('');
    await expect(tree).toMatchFileSnapshot(join(HERE, project, 'tree.txt'));
  });

  it('says this where it varies', async () => {
    const varying = [...textsOf(plan)].filter(([path]) => VARYING.has(path) || path === '.env' || path === '.devstack/answers.json');
    expect(varying.length).toBeGreaterThan(2);
    for (const [path, text] of varying) {
      // Under names of their own, or git, editors and Compose would take them for the real thing.
      await expect(text).toMatchFileSnapshot(join(HERE, project, `${path.replaceAll('/', '__')}.snap`));
    }
  });
});
