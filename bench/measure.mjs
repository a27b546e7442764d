// The measuring half, a process of its own so that it can run without network: `measure.mjs CASES RESULTS FOLDERS`.
import { readFileSync, writeFileSync } from 'node:fs';
import { measure } from './rounds.mjs';

const [cases = '', results = '', folders = '{}'] = process.argv.slice(2);
writeFileSync(results, JSON.stringify(measure(JSON.parse(readFileSync(cases, 'utf8')), JSON.parse(folders))));
