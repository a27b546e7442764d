import { port } from './port.ts';

export const redisPort = port({ key: 'redisPort', flag: 'redis-port', label: 'Redis server', summary: 'host port of Redis', default: 6379 });
