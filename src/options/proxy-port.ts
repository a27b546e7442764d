import { port } from './port.ts';

export const proxyPort = port({ key: 'proxyPort', flag: 'proxy-port', label: 'proxy', summary: 'host port of the proxy, the one entry to all', default: 80 });
