/** A file's path and text in, an error where its own kind's parser refuses it. */
import { basename } from 'node:path';
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';
import { DockerfileParser } from 'dockerfile-ast';
import { execa } from 'execa';
import { transform } from 'lightningcss';
import { NginxConfFile } from 'nginx-conf';
import { parseAst } from 'rolldown/parseAst';
import { parse as parseToml } from 'smol-toml';
import { parseAllDocuments } from 'yaml';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Parse = (text: string, path: string) => void | Promise<void>;

const KINDS: readonly (readonly [RegExp, Parse])[] = [
  [/\.json$/, (text) => void JSON.parse(text.replace(/^\s*\/\/.*$|^\s*\/\*[\s\S]*?\*\//gm, ''))],
  [/\.ya?ml$/, parseYaml],
  [/\.toml$/, (text) => void parseToml(text)],
  [/\.py$/, parsePython],
  [/\.(ts|tsx|js|mjs)$/, (text, path) => void parseAst(text, { lang: path.endsWith('.tsx') ? 'tsx' : 'ts' })],
  [/\.css$/, (text, path) => void transform({ filename: path, code: Buffer.from(text), cssModules: path.endsWith('.module.css') })],
  [/\.sh$/, parseShell],
  [/Dockerfile$/, parseDockerfile],
  [/nginx\/.*\.conf$/, parseNginx],
  [/\.env(\.example)?$/, parseDotenv],
];

/** @throws with the path in its message */
export async function parseByKind(path: string, text: string): Promise<void> {
  const parse = KINDS.find(([pattern]) => pattern.test(path))?.[1];
  try {
    await parse?.(text, path);
  } catch (cause) {
    throw new Error(`${path} does not parse: ${(cause as Error).message}`, { cause });
  }
}

function parseYaml(text: string): void {
  for (const document of parseAllDocuments(text, { merge: true, uniqueKeys: true })) {
    const [error] = document.errors;
    if (error !== undefined) throw error;
  }
}

/** Ruff's own parser; what its rules say is for the template's own linter. */
const python = new Workspace({ 'target-version': 'py312', lint: { select: ['E9'] } }, PositionEncoding.Utf16);
function parsePython(text: string): void {
  const [error] = python.check(text) as { message: string; start_location: { row: number } }[];
  if (error !== undefined) throw new Error(`${error.message} in line ${error.start_location.row}`);
}

/** One bash for each text, since a process is what this costs; the same text is checked once. */
const shells = new Map<string, Promise<void>>();
async function parseShell(text: string): Promise<void> {
  const known = shells.get(text) ?? execa('bash', ['-n'], { input: text }).then(() => undefined);
  shells.set(text, known);
  await known;
}

function parseDockerfile(text: string): void {
  const instructions = DockerfileParser.parse(text).getInstructions().map((instruction) => instruction.getKeyword());
  const known = new Set(['ADD', 'ARG', 'CMD', 'COPY', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'FROM', 'HEALTHCHECK', 'LABEL', 'RUN', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR']);
  const unknown = instructions.filter((keyword) => !known.has(keyword));
  if (unknown.length > 0 || !instructions.includes('FROM')) throw new Error(`instructions ${unknown.join(', ') || 'without FROM'}`);
}

async function parseNginx(text: string, path: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'devstack-nginx-'));
  const file = join(folder, basename(path));
  writeFileSync(file, text);
  try {
    await new Promise<void>((resolve, reject) => NginxConfFile.create(file, (error) => (error ? reject(error) : resolve())));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function parseDotenv(text: string): void {
  for (const line of text.split('\n')) {
    if (line !== '' && !line.startsWith('#') && !/^[A-Z][A-Z0-9_]*=[^\s"'$#]*$/.test(line)) throw new Error(`the line ${line.split('=')[0]}`);
  }
}
