// Everything that was measured in, the Markdown document out.
import { MILLISECONDS_A_FILE } from './bars.mjs';
import { ownTables, packageTable } from './report-own.mjs';
import { peerTables } from './report-peers.mjs';

/**
 * @typedef {object} Measured
 * @property {import('./install.mjs').Installed} installed
 * @property {readonly import('./rounds.mjs').Result[]} results
 * @property {boolean} isolated without any network
 * @property {string} machine
 * @property {number} load before the run
 * @property {string} date
 */

/** @param {Measured} measured @returns {string} */
export function report(measured) {
  const { installed, results, machine, load, date, isolated } = measured;
  const { own, nodes, peers } = installed;
  const counts = [...new Set(results.map(({ rounds }) => rounds))].toSorted((a, b) => b - a).join(', ');
  return [
    '# Benchmarks',
    'Written by `npm run bench`, which builds and packs this checkout, installs it and the peers from npm, and times whole processes.',
    [
      `- Date: ${date}; ${own.name} ${own.version}; Node ${nodes.map(({ version }) => version).join(' and ')}`,
      `- Machine: ${machine}; load before the run: ${load.toFixed(1)}`,
      `- Each number is the median of interleaved rounds (${counts}, by how long one takes) after one that is not counted. A process counts only if its exit code, output and files are right.`,
      '- `× node` is the median over the median of `node -e 0` of the same Node in the same run; `× by fastest` is the fastest over the fastest, which a busy machine disturbs less.',
      `- \`ms a file\` is (median of writing − median of \`node -e 0\`) / files written; the bar, in memory, is ${MILLISECONDS_A_FILE} ms.`,
      '- Projects are written on disk, as everybody does, and in memory (tmpfs), which shows the program apart from the disk. The bare loop is a script that does nothing but write the same files: what the disk and Node take of it.',
      `- ${isolated ? 'The measured part ran in a network namespace without any network.' : 'The measured part had npm offline; this system could not take the network away, so no peer was run.'}`,
      '- To run it again: `npm ci && npm run bench`; `npm run bench -- --quick` takes 3 rounds, no peers, and writes no file.',
    ].join('\n'),
    `## ${own.name}`,
    ...ownTables(measured),
    '### Package',
    packageTable(own),
    ...(peers.length === 0 ? [] : ['## Peers', 'Each writes its plainest TypeScript project (React, where it has one): no question, no git, nothing installed.', ...peerTables(measured)]),
  ].join('\n\n') + '\n';
}
