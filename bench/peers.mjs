// The pinned versions of what is measured against: other generators on npm, and the two lines of Node.

/** The lines of Node that are measured; one comes from npm unless it is the Node that runs the benchmark. */
export const NODES = ['20.20.2', '24.21.0'];

/**
 * @typedef {object} Peer
 * @property {string} name on npm
 * @property {string} version exact
 * @property {string} bin its command's file, below its package
 * @property {readonly string[]} write arguments that write its plainest TypeScript project (React, where it has one) into
 *   `app`, with no question, no git and nothing installed
 * @property {readonly string[]} [lacks] what it has not, of `help` and `version`
 * @property {Readonly<Record<string, string>>} [online] for what it needs the network, and why
 * @property {true} [slow] is run in fewer rounds
 */

/** @type {readonly Peer[]} */
export const PEERS = [
  {
    name: 'create-vite',
    version: '9.3.0',
    bin: 'index.js',
    write: ['app', '--template', 'react-ts', '--no-interactive'],
    lacks: ['version'], // it takes the flag for a request and writes a project
  },
  { name: 'create-vue', version: '3.24.0', bin: 'bundle.js', write: ['app', '--ts'] },
  { name: 'create-t3-app', version: '7.40.0', bin: 'dist/index.js', write: ['app', '-y', '--noGit', '--noInstall'], slow: true },
  { name: 'sv', version: '0.17.1', bin: 'dist/bin.mjs', write: ['create', 'app', '--template', 'minimal', '--types', 'ts', '--no-add-ons', '--no-install'] },
  {
    name: 'create-astro',
    version: '5.2.4',
    bin: 'create-astro.mjs',
    write: ['app', '--template', 'minimal', '--yes', '--no-git', '--no-install'],
    lacks: ['version'], // it takes no notice of the flag
    online: { write: 'downloads its template' },
  },
  { name: 'create-next-app', version: '16.4.3', bin: 'dist/index.js', write: ['app', '--ts', '--yes', '--skip-install', '--disable-git'] },
  {
    name: 'create-qwik',
    version: '1.20.1',
    bin: 'create-qwik.cjs',
    write: ['empty', 'app'],
    lacks: ['version'], // it prints "unknown"
  },
  {
    name: 'create-docusaurus',
    version: '3.10.2',
    bin: 'bin/index.js',
    write: ['app', 'classic', '.', '--typescript', '--skip-install', '--package-manager', 'npm'],
  },
  {
    name: '@angular/cli',
    version: '22.2.7',
    bin: 'bin/ng.js',
    write: ['new', 'app', '--defaults', '--interactive=false', '--skip-install', '--skip-git'],
    slow: true,
  },
  { name: '@nestjs/cli', version: '12.0.8', bin: 'bin/nest.js', write: ['new', 'app', '--package-manager', 'npm', '--skip-install', '--skip-git'], slow: true },
];
