/** The tests remove what they made and nothing else: a project of the same name that somebody else runs is left alone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docker, generate, ownPorts, remove, removeLeftover } from './stack.ts';

const NAME = 'st-foreign';
const LABEL = `com.docker.compose.project=${NAME}`;
const CHECKOUT = '/somebody/elsewhere/checkout';

beforeAll(async () => {
  const labels = ['--label', LABEL, '--label', `com.docker.compose.project.working_dir=${CHECKOUT}`];
  await docker('volume', 'create', '--label', LABEL, NAME);
  await docker('run', '-d', '--name', NAME, ...labels, '--entrypoint', 'sleep', 'redis:7', '600');
});
afterAll(async () => {
  await docker('rm', '-f', NAME);
  await docker('volume', 'rm', NAME);
});

const isThere = async () =>
  (await docker('ps', '-q', '--filter', `label=${LABEL}`)) !== '' && (await docker('volume', 'ls', '-q', '--filter', `label=${LABEL}`)) !== '';

test('its name is not taken', async () => {
  await expect(generate(NAME, ownPorts(5))).rejects.toThrow('left alone');
});

test('neither the end of a run nor the sweep of an earlier one removes it', async () => {
  await remove({ name: NAME, folder: `/nobody/${NAME}`, ports: ownPorts(5) });
  await removeLeftover('/nobody', NAME);
  expect(await isThere()).toBe(true);
});
