import type { Single } from './option.ts';
import { checkName, lastPart } from './project-name.ts';

export const name: Single<'name', string> = {
  key: 'name',
  kind: 'value',
  flag: 'name',
  placeholder: 'NAME',
  scope: 'project',
  summary: 'project name: prefix of the containers, images, volumes and the network',
  defaultText: 'from the directory',
  default: ({ directory }) => (directory === undefined ? undefined : lastPart(directory)),
  schema: { type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 40 },
  parse: checkName,
  ask: { kind: 'text', message: 'What is the project called?' },
};
