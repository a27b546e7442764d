import { port } from './port.ts';

export const dbPort = port({ key: 'dbPort', flag: 'db-port', label: 'database', summary: 'host port of PostgreSQL', default: 5432 });
