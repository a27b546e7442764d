// The measuring half, a process of its own so that it can run without network: `measure.mjs CASES RESULTS FOLDER`.
import { readFileSync, writeFileSync } from 'node:fs';
import { measure } from './rounds.mjs';

const [cases = '', results = '', folder = ''] = process.argv.slice(2);
writeFileSync(results, JSON.stringify(measure(JSON.parse(readFileSync(cases, 'utf8')), folder)));
