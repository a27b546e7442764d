/** Prints what the last run of the stack tests measured, as a Markdown table: `node --experimental-strip-types test/stack/measure.ts`. */
import { readMeasured } from './measured.ts';

console.log('| what | measured | bar |\n| --- | ---: | ---: |');
for (const [what, { value, bar }] of Object.entries(readMeasured())) console.log(`| ${what} | ${value} | ${bar} |`);
