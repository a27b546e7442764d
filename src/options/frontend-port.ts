import { port } from './port.ts';

export const frontendPort = port({ key: 'frontendPort', flag: 'frontend-port', label: 'Vite server', summary: 'host port of the Vite server, for debugging', default: 5173 });
