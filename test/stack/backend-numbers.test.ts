/** The backend in numbers: many who ask for its health at once, and others' requests while a login is attacked. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { BARS } from './architecture.ts';
import { ask, hostOf } from './http.ts';
import { untilHealthy } from './inspect.ts';
import { keep } from './measured.ts';
import { barHere } from './slowness.ts';
import { createStaff, signIn } from './sign-in.ts';
import { container, docker, exec } from './stack.ts';
import { until } from './until.ts';

const stack = inject('stack');
const port = stack.ports.proxy;

beforeAll(async () => {
  await untilHealthy(stack, ['proxy', 'backend', 'db', 'redis'], 60);
  await untilFound();
});

/** A proxy that has just started may still have to ask for the backend's address. */
const untilFound = () => until('the backend is found', async () => (await ask({ port, path: '/api/v1/health/live/' })).status === 200, { seconds: 10 });

test('a hundred callers of the health at once: each is answered, and in time', async () => {
  await measure('health, 100 callers at once through the proxy, p99, s', BARS.healthOfHundredSeconds, async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask({ port, path: '/api/v1/health/' })));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    return percentile(99, answers.map(({ seconds }) => seconds));
  });
});

describe('what is the same for everybody is not made anew for each', () => {
  let live: number;
  beforeAll(async () => {
    live = await answersPerSecond('/api/v1/health/live/');
  });

  test.each(['/api/v1/health/', '/api/v1/config/frontend/'])('%s', async (path) => {
    await measure(`${path}, times slower than health/live under load`, BARS.sharedTimesSlower, async () => live / (await answersPerSecond(path)), BARS.sharedTimesSlower);
  });

  async function answersPerSecond(path: string): Promise<number> {
    const SECONDS = 3;
    const end = performance.now() + 1000 * SECONDS;
    let answered = 0;
    const caller = async () => {
      for (; performance.now() < end; answered += 1) expect((await ask({ port, path })).status).toBe(200);
    };
    await Promise.all(Array.from({ length: 20 }, caller));
    return answered / SECONDS;
  }
});

describe('sixty wrong passwords at once', () => {
  const email = 'attacked@example.test';
  let cookies = '';
  beforeAll(async () => {
    await createStaff(stack);
    await forgetAttempts();
    ({ cookies } = await signIn({ port }));
  });
  // Others of this suite sign in from the same address.
  afterAll(forgetAttempts);

  test('ten are looked at, and whoever works meanwhile is answered', async () => {
    await measure('a request while 60 wrong passwords are tried, p95, s', BARS.requestUnderAttackSeconds, async () => {
      await forgetAttempts();
      const attack = tryPasswords(60);
      let over = false;
      void attack.finally(() => (over = true));
      const seconds: number[] = [];
      while (!over) {
        const answer = await ask({ port, path: '/api/v1/users/me/', headers: { Cookie: cookies } });
        expect(answer.status).toBe(200);
        seconds.push(answer.seconds);
      }
      const statuses = await attack;
      expect([401, 429].map((status) => statuses.filter((each) => each === status).length)).toEqual([10, 50]);
      return percentile(95, seconds);
    });
  });

  async function tryPasswords(count: number): Promise<readonly number[]> {
    const csrf = await ask({ port, path: '/api/v1/auth/csrf/' });
    const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
    const headers = { Origin: `http://${hostOf(port)}`, Cookie: csrf.headers['set-cookie']![0]!.split(';')[0]!, 'X-CSRFToken': csrfToken, 'Content-Type': 'application/json' };
    const one = (password: string) => ask({ port, path: '/api/v1/auth/login/', method: 'POST', headers, body: JSON.stringify({ email, password }), timeoutSeconds: 60 });
    return Promise.all(Array.from({ length: count }, async (_, n) => (await one(`wrong ${n}`)).status));
  }

  /** Django counts in Redis, nginx in itself: a new one has a new budget. */
  async function forgetAttempts(): Promise<void> {
    await exec(stack, 'redis', 'sh', '-c', `redis-cli -n 0 --scan --pattern '*login:*' | xargs -r redis-cli -n 0 del`);
    await docker('restart', container(stack, 'proxy'));
    await untilHealthy(stack, ['proxy'], 60);
    await untilFound();
  }
});

/** Keeps the best of at most three tries, since a machine has other things to do too: no more than it takes to be within what is allowed. */
async function measure(what: string, bar: number, once: () => Promise<number>, allowed = barHere(bar)): Promise<void> {
  const values: number[] = [];
  do values.push(await once());
  while (values.length < 3 && values.at(-1)! > allowed);
  const best = Math.min(...values);
  keep(what, best, bar);
  expect(best, `of ${values.join(', ')}`).toBeLessThanOrEqual(allowed);
}

function percentile(percent: number, values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil((percent / 100) * values.length) - 1]!;
}
