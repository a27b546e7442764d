/** Options, Templates and Facts in, the list of files out. Pure: the same input gives the same bytes. */
import type { Options } from '../options/resolve.ts';
import { formatAnswersFile } from './answers-file.ts';
import { formatCommand } from './command.ts';
import { contextOf, type Context } from './context.ts';
import { applySettings, fillDotenv } from './dotenv.ts';
import type { Facts } from './facts.ts';
import { packMergeBase } from './merge-base.ts';
import { mergeFile, type Piece } from './merge.ts';
import { settingsOf } from './settings.ts';
import { chooseLayers, type Layer, type Template, type Templates } from './templates.ts';

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
  const layers = chooseLayers(templates, options.features);
  const fixed = layers.flatMap((layer) => [...layer.fixed].map(([path, content]) => planned(path, content)));
  const varying = meet(layers, contextOf(options, facts, command));
  const example = applySettings(varying.get(EXAMPLE) ?? '', settingsOf(options));
  const all = [...fixed, ...[...varying].map(([path, text]) => planned(path, encode(path === EXAMPLE ? example : text)))];
  const emitted = options.agents ? all : all.filter(({ path }) => !FOR_AGENTS.includes(path));
  const own: readonly PlannedFile[] = [
    { path: '.env', content: encode(fillDotenv(example, facts)), mode: 0o600 }, // the only file with secrets
    planned('.devstack/answers.json', encode(formatAnswersFile(options, facts.version))),
    planned('.devstack/base.json.gz', packMergeBase(emitted)),
  ];
  return { files: [...emitted, ...own].toSorted((a, b) => (a.path < b.path ? -1 : 1)), command };
}

const EXAMPLE = '.env.example';
const FOR_AGENTS: readonly string[] = ['AGENTS.md', 'CLAUDE.md'];

/** @returns path to text: every file that varies, those of several layers merged */
function meet(layers: readonly Layer[], context: Context): ReadonlyMap<string, string> {
  const pieces = new Map<string, [Piece, ...Piece[]]>();
  for (const [path, template] of layers.flatMap(({ varying }) => [...varying])) {
    const piece = { source: template.source, text: render(template, context) };
    const others = pieces.get(path);
    if (others === undefined) pieces.set(path, [piece]);
    else others.push(piece);
  }
  return new Map([...pieces].map(([path, all]) => [path, mergeFile(path, all)]));
}

function planned(path: string, content: Uint8Array): PlannedFile {
  const runs = content[0] === 0x23 && content[1] === 0x21; // #!
  return { path, content, mode: runs ? 0o755 : 0o644 };
}

function render({ source, render: run }: Template, context: Context): string {
  try {
    return run(context);
  } catch (cause) {
    throw new Error(`templates/${source} could not be rendered`, { cause });
  }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
