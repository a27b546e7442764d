/** As much of the Debug Adapter Protocol as an editor needs to stop at a line: https://microsoft.github.io/debug-adapter-protocol/specification */
import { connect, type Socket } from 'node:net';
import { until } from './until.ts';

interface Message {
  readonly type: 'event' | 'response' | 'request';
  readonly event?: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: unknown;
}

export class DebugClient {
  readonly #socket: Socket;
  readonly #heard: Message[] = [];
  #rest = Buffer.alloc(0);
  #sent = 0;

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.on('data', (data: Buffer) => this.#take(data)).on('error', () => undefined);
  }

  /** @returns the body of the answer @throws with what the debugger says, where it refuses */
  async ask(command: string, args: object = {}): Promise<Record<string, unknown>> {
    const seq = this.send(command, args);
    const answer = await until(`answer to ${command}`, () => this.#heard.find(({ request_seq }) => request_seq === seq), { seconds: 30, every: 50 });
    if (!answer.success) throw new Error(`${command}: ${answer.message}`);
    return (answer.body ?? {}) as Record<string, unknown>;
  }

  /** For what is answered only later, as `attach` is. @returns its number */
  send(command: string, args: object = {}): number {
    this.#sent += 1;
    const text = JSON.stringify({ seq: this.#sent, type: 'request', command, arguments: args });
    this.#socket.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    return this.#sent;
  }

  async event(name: string): Promise<Record<string, unknown>> {
    const found = await until(`event ${name}`, () => this.#heard.find(({ event }) => event === name), { seconds: 30, every: 50 });
    return (found.body ?? {}) as Record<string, unknown>;
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(data: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, data]);
    for (;;) {
      const head = this.#rest.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/.exec(this.#rest.subarray(0, Math.max(head, 0)).toString())?.[1] ?? NaN);
      if (head === -1 || Number.isNaN(length) || this.#rest.length < head + 4 + length) return;
      this.#heard.push(JSON.parse(this.#rest.subarray(head + 4, head + 4 + length).toString()) as Message);
      this.#rest = this.#rest.subarray(head + 4 + length);
    }
  }
}
