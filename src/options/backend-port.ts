import { port } from './port.ts';

export const backendPort = port({ key: 'backendPort', flag: 'backend-port', label: 'backend', summary: 'host port of Django, for debugging', default: 8000 });
