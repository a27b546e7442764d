// What the disk and Node alone take: `bare-write.mjs FILES` writes the files that a JSON document holds into ./app, and does nothing else.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** @type {readonly (readonly [path: string, base64: string])[]} */
const files = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
for (const folder of new Set(files.map(([path]) => dirname(path)))) mkdirSync(`app/${folder}`, { recursive: true });
for (const [path, base64] of files) writeFileSync(`app/${path}`, Buffer.from(base64, 'base64'));
