/** The project's name, and the folder that follows from it. */
import { name as option } from '../../options/name.ts';
import { checkName, lastPart, proposeName } from '../../options/project-name.ts';
import { askText } from './prompt.ts';
import type { Question } from './question.ts';

const MESSAGE = option.ask?.message ?? option.summary;

/** A folder that was given gives the name, where that can be one. */
export const askName: Question = async ({ name, directory }, { refuseTarget }) => {
  if (name !== undefined) return directory === undefined ? { directory: name } : {};
  if (directory !== undefined) {
    const derived = lastPart(directory);
    if (checkName(derived).ok) return {};
    return { name: await askText({ message: MESSAGE, proposal: proposeName(derived) ?? 'my-app', parse: checkName, refuse: () => undefined }) };
  }
  const proposals = ['my-app', ...Array.from({ length: 98 }, (_, index) => `my-app-${index + 2}`)];
  const chosen = await askText({
    message: `${MESSAGE} A folder of that name is made here.`,
    proposal: proposals.find((candidate) => refuseTarget(candidate) === undefined) ?? 'my-app',
    parse: checkName,
    refuse: refuseTarget,
  });
  return { name: chosen, directory: chosen };
};
