/** An npm registry on the loopback that has one package: the packed checkout, under the tag `latest`. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Manifest {
  readonly name: string;
  readonly version: string;
}

export interface Registry {
  /** Without a slash at its end. */
  readonly address: string;
  readonly close: () => void;
}

/** @param tarball path of what `npm pack` made */
export async function startRegistry(tarball: string, manifest: Manifest): Promise<Registry> {
  const packed = readFileSync(tarball);
  const file = `/${manifest.name}/-/${manifest.name}-${manifest.version}.tgz`;
  const server = createServer((request, response) => {
    const address = `http://${request.headers.host}`;
    if (request.url === `/${manifest.name}`) response.setHeader('content-type', 'application/json').end(JSON.stringify(describe(manifest, `${address}${file}`, packed)));
    else if (request.url === file) response.end(packed);
    else response.writeHead(404).end('{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

function describe(manifest: Manifest, tarball: string, packed: Buffer): object {
  const { name, version } = manifest;
  const dist = {
    tarball,
    shasum: createHash('sha1').update(packed).digest('hex'),
    integrity: `sha512-${createHash('sha512').update(packed).digest('base64')}`,
  };
  const published = '2026-01-01T00:00:00.000Z'; // older than any delay that a package manager keeps from new versions
  return { name, 'dist-tags': { latest: version }, time: { created: published, modified: published, [version]: published }, versions: { [version]: { ...manifest, dist } } };
}
