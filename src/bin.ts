#!/usr/bin/env node
/** What npm runs. Answers `--help` and `--version` by itself, since loading an ES module costs more than either; else loads main. */
import { answerFast } from './cli/fast-path.ts';

if (!answerFast(process.argv.slice(2))) void import('./main.ts');
