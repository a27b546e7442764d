import type { Positional } from './option.ts';

export const directory: Positional<'directory'> = {
  key: 'directory',
  kind: 'positional',
  scope: 'run',
  placeholder: 'directory',
  summary: "where to write; its last part is the project's name unless --name says otherwise",
  defaultText: 'the name, which is asked; required without a terminal',
  default: () => undefined,
  schema: { type: 'string', minLength: 1 },
  parse: (text) =>
    text.trim() === '' || text.includes('\0')
      ? { ok: false, problem: 'must be a path, such as my-app or ../my-app' }
      : { ok: true, value: text },
};
