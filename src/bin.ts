#!/usr/bin/env node
/** What npm runs. Answers `--help` and `--version` by itself, since loading an ES module costs more than either; else loads main. */
import { answerQuickly } from './cli/quick.ts';

if (!answerQuickly(process.argv.slice(2))) void import('./main.ts');
