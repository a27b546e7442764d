// Rows in, a Markdown table out.

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows @returns {string} */
export function table(head, rows) {
  return [head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** @param {number} value @param {number} digits */
export const number = (value, digits) => (Number.isFinite(value) ? value.toFixed(digits) : '–');
