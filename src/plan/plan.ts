/** Options, Templates and Facts in, the list of files out. Pure: the same input gives the same bytes. */
import { formatAnswersFile } from '../cli/answers-file.ts';
import { formatCommand } from '../cli/command.ts';
import type { Options } from '../options/resolve.ts';
import { contextOf, type Context } from './context.ts';
import { fillDotenv } from './dotenv.ts';
import type { Facts } from './facts.ts';
import { packBase } from './base.ts';
import { chooseLayers, type Template, type Templates } from './templates.ts';

export interface PlannedFile {
  /** Path in the project, with forward slashes. */
  readonly path: string;
  readonly content: Uint8Array;
  /** POSIX permission bits. */
  readonly mode: 0o600 | 0o644 | 0o755;
}

export interface Plan {
  /** Sorted by path, each path once. */
  readonly files: readonly PlannedFile[];
  /** The command that makes the same project again without a question. */
  readonly command: string;
}

/** @throws where the templates themselves are at fault; never for anything that a person chose */
export function plan(options: Options, templates: Templates, facts: Facts): Plan {
  const command = formatCommand(options);
  const context = contextOf(options, facts, command);
  const layers = chooseLayers(templates, options);
  const statics = layers.flatMap((layer) => [...layer.statics].map(([path, content]) => planned(path, content)));
  const rendered = layers.flatMap((layer) => [...layer.rendered].map(([path, template]) => planned(path, render(template, context))));
  const answers = planned('.devstack/answers.json', encode(formatAnswersFile(options, facts.version)));
  const base = planned('.devstack/base.json.gz', packBase(layers.map(({ packed }) => packed), rendered));
  const files = [...statics, ...rendered, ...dotenv(rendered, facts), answers, base];
  return { files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)), command };
}

function planned(path: string, content: Uint8Array): PlannedFile {
  const runs = content[0] === 0x23 && content[1] === 0x21; // #!
  return { path, content, mode: runs ? 0o755 : 0o644 };
}

function render({ source, render: run }: Template, context: Context): Uint8Array {
  try {
    return encode(run(context));
  } catch (cause) {
    throw new Error(`templates/${source} could not be rendered`, { cause });
  }
}

/** The only file with secrets, and so the only one that nobody else may read. */
function dotenv(rendered: readonly PlannedFile[], facts: Facts): readonly PlannedFile[] {
  return rendered
    .filter(({ path }) => path === '.env.example')
    .map(({ content }) => ({ path: '.env', content: encode(fillDotenv(new TextDecoder().decode(content), facts)), mode: 0o600 }));
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
