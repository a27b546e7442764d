/** HTTP as it is on the wire: nothing decompressed, no redirect followed, no connection reused, each header line kept. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface Answer {
  readonly status: number;
  /** Every value of each header, names in lower case. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Buffer;
  readonly text: string;
  readonly seconds: number;
}

export interface Ask {
  readonly port: number;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutSeconds?: number;
}

/** Asks 127.0.0.1 under the name that a browser would use. */
export function ask({ port, path, method = 'GET', headers = {}, body, timeoutSeconds = 15 }: Ask): Promise<Answer> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { host: '127.0.0.1', port, path, method, agent: false, headers: { Host: hostOf(port), ...headers } },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => resolve(answer(incoming, Buffer.concat(chunks), (performance.now() - start) / 1000)));
      },
    );
    outgoing.setTimeout(timeoutSeconds * 1000, () => outgoing.destroy(new Error(`no answer to ${path} in ${timeoutSeconds} s`)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/**
 * Sends the very bytes of a request: what no client library would.
 * @returns the answer, as soon as it has the length that it says, or the other side has closed: after a body that was
 *   announced and never sent nginx keeps the connection for five seconds more (its `lingering_timeout`)
 */
export function askRaw(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.setTimeout(5000, () => socket.destroy(new Error('no end of the answer in 5 s')));
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text += chunk;
      if (isWhole(text)) socket.destroy();
    });
    socket.on('error', reject).on('close', () => resolve(text));
  });
}

function isWhole(text: string): boolean {
  const [head, body] = text.split(/\r\n\r\n(.*)/s);
  const length = /^content-length: (\d+)/im.exec(head ?? '')?.[1];
  return body !== undefined && length !== undefined && body.length >= Number(length);
}

/** @returns the status and headers of a WebSocket handshake, which ends the connection */
export function shakeHands({ port, path, headers = {} }: Pick<Ask, 'port' | 'path' | 'headers'>): Promise<Answer> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const upgrade = {
      Host: hostOf(port),
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Protocol': 'vite-ping',
      Origin: `http://${hostOf(port)}`,
    };
    const outgoing = httpRequest({ host: '127.0.0.1', port, path, agent: false, headers: { ...upgrade, ...headers } });
    const done = (incoming: IncomingMessage) => {
      incoming.destroy();
      resolve(answer(incoming, Buffer.alloc(0), (performance.now() - start) / 1000));
    };
    outgoing.on('upgrade', (incoming, socket) => {
      socket.destroy();
      done(incoming);
    });
    outgoing.on('response', done);
    outgoing.on('error', reject);
    outgoing.end();
  });
}

/** As a browser writes it: without the port if it is HTTP's own. */
export function hostOf(port: number): string {
  return port === 80 ? 'localhost' : `localhost:${port}`;
}

function answer(incoming: IncomingMessage, body: Buffer, seconds: number): Answer {
  const headers: Record<string, string[]> = {};
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
    (headers[incoming.rawHeaders[i]!.toLowerCase()] ??= []).push(incoming.rawHeaders[i + 1]!);
  }
  const plain = headers['content-encoding']?.[0] === 'gzip' ? gunzipSync(body) : body;
  return { status: incoming.statusCode!, headers, body, text: plain.toString('utf8'), seconds };
}
