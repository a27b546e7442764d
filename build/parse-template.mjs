// Reads a template with Handlebars' own parser, which also takes out the lines that hold nothing but a tag, and leaves what
// src/plan/render.ts fills in: so the published package has neither the compiler nor the runtime, and its texts are compressed.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
// The CommonJS build: the package's ESM entry is not one that Node itself can load.
const Handlebars = require('handlebars');

/** @typedef {import('../src/plan/render.ts').Part} Part */

/**
 * @param {string} text @returns {readonly Part[]}
 * @throws where it holds more than names, conditions and comments
 */
export function parseTemplate(text) {
  return partsOf(Handlebars.parse(text));
}

/** @param {hbs.AST.Program | undefined} program @returns {Part[]} */
function partsOf(program) {
  return (program?.body ?? []).flatMap((statement) => {
    if (statement.type === 'CommentStatement') return [];
    if (statement.type === 'ContentStatement') return statement.value === '' ? [] : [statement.value];
    if (statement.type === 'MustacheStatement') return [{ name: nameOf(statement.path, statement) }];
    if (statement.type === 'BlockStatement') return [conditionOf(statement)];
    return refuse(statement);
  });
}

/** @param {hbs.AST.BlockStatement} block @returns {Part} */
function conditionOf(block) {
  const { path, params, hash, program, inverse } = block;
  if (params.length !== 1 || hash !== undefined) return refuse(block);
  const [name, yes, no] = [nameOf(params[0]), partsOf(program), partsOf(inverse)];
  if (path.original === 'if') return { if: name, yes, no };
  if (path.original === 'unless') return { if: name, yes: no, no: yes };
  return refuse(block);
}

/** @param {hbs.AST.Expression} expression @param {{ params?: readonly unknown[], hash?: unknown }} [call] what stands beside it @returns {string} */
function nameOf(expression, { params = [], hash } = {}) {
  const { type, data, depth, parts } = expression;
  const plain = type === 'PathExpression' && !data && depth === 0 && parts.length > 0 && params.length === 0 && hash === undefined;
  return plain ? parts.join('.') : refuse(expression);
}

/** @param {hbs.AST.Node} node @returns {never} */
function refuse({ loc }) {
  throw new Error(`line ${loc.start.line}, column ${loc.start.column}: a template takes names, #if with #else, #unless and comments alone`);
}
