/** The directory is a project of this tool. */
import { join } from 'node:path';
import { parseJson } from '../json.ts';
import type { Check } from '../subject.ts';
import { place } from '../wording.ts';

export const checkProject: Check = async ({ directory, system, isProject }) => {
  if (!(await isProject())) {
    const exists = (await system.stat(directory)) !== undefined;
    return [
      {
        id: 'no-project',
        severity: 'advice',
        title: exists ? `${directory} is no devstack project: it has no .devstack/answers.json.` : `There is no folder ${directory}.`,
        cause: 'So only this machine was checked: Docker, clock, disk and file watches.',
        remedy: 'Name the project\'s folder: create-devstack doctor my-app',
      },
    ];
  }
  const answers = await system.readText(join(directory, '.devstack', 'answers.json'));
  if (answers !== undefined && parseJson(answers) !== undefined) return [];
  return [
    {
      id: 'answers-broken',
      severity: 'advice',
      title: `${join(directory, '.devstack', 'answers.json')} cannot be read as JSON.`,
      cause: 'The stack runs without it, but nothing else says with which answers the project was made.',
      remedy: `git checkout -- ${place({ directory }, '.devstack/answers.json')}`,
    },
  ];
};
