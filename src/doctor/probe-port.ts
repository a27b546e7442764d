/** A port and an address in, whether something could listen there out. */
import { connect, createServer } from 'node:net';
import type { PortState } from './system.ts';

/** Milliseconds; on this machine a connection is made or refused at once. */
const PATIENCE = 300;

/** @param address empty for all of them */
export async function probePort(port: number, address: string): Promise<PortState> {
  const refusal = await tryToListen(port, address);
  if (refusal === undefined) return 'free';
  if (refusal === 'EADDRINUSE') return 'taken';
  if (refusal === 'EADDRNOTAVAIL') return 'foreign';
  // Ports below 1024 are not for everybody to listen on, though Docker may: somebody who answers has it.
  return (await answers(port, address)) ? 'taken' : 'free';
}

/** @returns the system's word for why not */
async function tryToListen(port: number, address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen({ port, exclusive: true, ...(address === '' ? {} : { host: address }) }, () => server.close(() => resolve(undefined)));
  });
}

async function answers(port: number, address: string): Promise<boolean> {
  const host = address === '' || address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: PATIENCE });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}
