/** Asks one address fifty times a second, and tells what came back. */
import { Agent, get } from 'node:http';
import { Agent as SecureAgent, get as getSecurely } from 'node:https';

export interface Load {
  /** Ends it, once every answer is there. */
  stop(): Promise<LoadReport>;
}

export interface LoadReport {
  readonly sent: number;
  /** No answer within ten seconds, none at all, or one of 500 and above. */
  readonly failed: number;
  /** Seconds between the first and the last that failed. */
  readonly outage: number;
  readonly longest: number;
}

const PER_SECOND = 50;

/**
 * @param secure by TLS, whoever has signed the certificate
 * @param socketPath a Unix socket in the place of this machine's port
 * @param hosts asked in turn; one that refuses the connection, or cannot be reached, is passed over for the next
 */
export function startLoad(port: number, path: string, secure = false, socketPath?: string, hosts: readonly string[] = ['127.0.0.1']): Load {
  const agent = secure ? new SecureAgent({ keepAlive: false, rejectUnauthorized: false }) : new Agent({ keepAlive: false });
  const send = secure ? getSecurely : get;
  const pending = new Set<Promise<void>>();
  const failures: number[] = [];
  let sent = 0;
  let longest = 0;
  const answerOf = (turn: number, left: number): Promise<number> =>
    new Promise((resolve) => {
      const host = hosts[turn % hosts.length]!;
      const request = send({ ...(socketPath ? { socketPath } : { host, port }), path, agent, timeout: 10_000, headers: { Host: `localhost:${port}` } }, (answer) => {
        answer.resume();
        answer.on('close', () => resolve(answer.statusCode!));
      });
      request.on('timeout', () => request.destroy());
      request.on('error', ({ code }: NodeJS.ErrnoException) => {
        const isAway = code === 'ECONNREFUSED' || code === 'EHOSTUNREACH';
        resolve(isAway && left > 1 ? answerOf(turn + 1, left - 1) : 599);
      });
    });
  const ask = () => {
    const begun = performance.now();
    const answered = answerOf(sent, hosts.length);
    sent += 1;
    const done = answered.then((status) => {
      longest = Math.max(longest, performance.now() - begun);
      if (status >= 500) failures.push(begun);
      pending.delete(done);
    });
    pending.add(done);
  };
  const timer = setInterval(ask, 1000 / PER_SECOND);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(pending);
      const outage = failures.length > 0 ? (Math.max(...failures) - Math.min(...failures)) / 1000 : 0;
      return { sent, failed: failures.length, outage, longest: longest / 1000 };
    },
  };
}
