/** Each service begins as soon as what it needs is well, and the start ends with the last one: neither waits for Compose's next look. */
import { describe, expect, it } from 'vitest';
import { answer, calls, run, STACK } from './sandbox.ts';

/** Of `docker ps`: service, state, status, container, name. */
const line = (service: string, state: 'healthy' | 'created', container: string, name = `app-${service}`) =>
  `${[service, ...(state === 'healthy' ? ['running', 'Up 1 second (healthy)'] : ['created', 'Created']), container, name].join('\t')}\n`;

const WELL = line('db', 'healthy', 'd1') + line('redis', 'healthy', 'r1');
const MADE = line('backend', 'created', 'b1') + line('frontend', 'created', 'f1') + line('proxy', 'created', 'p1');

async function started(states: string, config = STACK): Promise<readonly string[]> {
  answer('config', config);
  answer('states-during', states); // none of them is from before
  answer('up-seconds', '1');
  await run(['start'], { START_TIMEOUT: '1' });
  return calls().filter((call) => call.startsWith('start '));
}

describe('a container that is made', () => {
  it('is started once, when all that it needs is healthy', async () => {
    expect(await started(WELL + MADE)).toEqual(['start b1']);
  });

  it('waits while one of them is not', async () => {
    expect(await started(line('db', 'healthy', 'd1') + line('redis', 'created', 'abcdef012345', 'abcdef012345_app-redis') + MADE)).toEqual([]);
  });

  it('that needs nothing does not wait until Compose has made the others', async () => {
    expect(await started(line('db', 'created', 'd1') + line('redis', 'created', 'r1'))).toEqual(['start d1', 'start r1']);
  });

  it('is left to Compose while it still has its passing name', async () => {
    expect(await started(line('db', 'created', 'd1', '0123456789ab_app-db'))).toEqual([]);
  });

  it.each([
    ['a condition that is not health', '        condition: service_started'],
    ['more to do than a start', '        condition: service_healthy\n    configs:'],
  ])('is left to Compose where there is %s', async (_what, text) => {
    const config = STACK.replaceAll('        condition: service_healthy', text);
    expect(await started(WELL + MADE, config)).toEqual([]);
  });
});

it('a start ends with the last service, though Compose goes on looking', async () => {
  answer('states-during', line('db', 'healthy', 'd1') + line('proxy', 'healthy', 'p1'));
  answer('up-log', ' Container app-proxy  Waiting \n');
  answer('up-seconds', '20');
  const { exitCode, stdout, durationMs } = await run(['start']);
  expect(stdout).toContain('Ready in');
  expect(exitCode).toBe(0);
  expect(durationMs).toBeLessThan(15_000);
});
