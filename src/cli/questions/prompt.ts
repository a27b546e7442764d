/** What the questions have in common: an answer that may be Ctrl-C, and a text that is checked while it is typed. */
import { cancel, isCancel, text } from '@clack/prompts';
import { Interrupted } from '../../errors.ts';
import type { Parsed } from '../../options/option.ts';

/** @throws Interrupted where the person pressed Ctrl-C */
export function answered<Reply>(reply: Reply): Exclude<Reply, symbol> {
  if (isCancel(reply)) stop();
  return reply as Exclude<Reply, symbol>;
}

export function stop(): never {
  cancel('Nothing was written.');
  throw new Interrupted(130);
}

interface TextQuestion<Value> {
  readonly message: string;
  /** What Enter alone takes. */
  readonly proposal: string;
  readonly parse: (typed: string) => Parsed<Value>;
  /** One sentence where a value of the right form will not do. */
  readonly refuse: (value: Value) => string | undefined;
}

export async function askText<Value>({ message, proposal, parse, refuse }: TextQuestion<Value>): Promise<Value> {
  const validate = (typed = '') => {
    const parsed = parse(typed === '' ? proposal : typed);
    return parsed.ok ? refuse(parsed.value) : capitalise(parsed.problem);
  };
  const parsed = parse(answered(await text({ message, placeholder: proposal, defaultValue: proposal, validate })));
  if (!parsed.ok) throw new Error(`the prompt "${message}" let a wrong value through: ${parsed.problem}`);
  return parsed.value;
}

function capitalise(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
