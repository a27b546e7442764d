/** A setup file: beside what a failed test says goes what its containers do, since nobody can look at those of CI afterwards. */
import { execa } from 'execa';
import { beforeEach, inject } from 'vitest';
import { nameOf } from '../prod/site.ts';
import { docker, type Stack } from './stack.ts';

const stack: Stack | undefined = inject('stack'); // in production there is a site instead
const project = stack?.name ?? nameOf(inject('site'));
/** Of each container, of what it said in the last minute. */
const LINES = 4;
const CALM = /^Up .*(?:minute|hour).*\(healthy\)$/;
const TROUBLE = /\[(?:error|alert|emerg)\]|^\w*Error\b|healthcheck:|\b(?:FATAL|PANIC):| 5\d\d \d+B /;

beforeEach(({ onTestFailed, task }) => {
  onTestFailed(async () => {
    task.result?.errors?.push({ name: 'Evidence', message: await evidence() });
  });
});

async function evidence(): Promise<string> {
  const containers = await docker('ps', '--all', '--filter', `label=com.docker.compose.project=${project}`, '--format', '{{.Names}}\t{{.Status}}').catch(String);
  const about = containers.split('\n').filter(Boolean).map(async (line) => {
    const [container = '', status = ''] = line.split('\t');
    const { all: said } = await execa('docker', ['logs', '--since', '60s', container], { stdin: 'ignore', all: true, reject: false });
    const trouble = said.split('\n').filter((words) => TROUBLE.test(words)).slice(-LINES);
    return CALM.test(status) && trouble.length === 0 ? [] : [`${container}: ${status}`, ...trouble.map((words) => `  ${words}`)];
  });
  return ['of the containers, those that started lately or have trouble:', ...(await Promise.all(about)).flat()].join('\n');
}
