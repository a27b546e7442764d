import { spawn } from '@lydell/node-pty';
import { execa, execaSync } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OPTIONS } from '../../src/options/index.ts';
import { ENV, makeRoom, MAIN, POSIX, run } from './run.ts';

/** Not every machine has every shell; the CI script installs them. */
const has = (shell: string) => execaSync(shell, ['--version'], { reject: false }).exitCode === 0;

const complete = async (...words: string[]) => {
  const { stdout } = await run(['complete', '--', ...words], makeRoom());
  return stdout.split('\n').filter((line) => !line.startsWith(':')).map((line) => line.split('\t')[0]);
};

describe('what fits', () => {
  it('every flag', async () => {
    const offered = await complete('--');
    for (const option of OPTIONS) if (option.kind !== 'positional') expect(offered).toContain(`--${option.flag}`);
    expect(offered).toContain('--no-git');
    expect(offered).toContain('--dry-run');
  });

  it.each([
    [['--images', ''], ['baseline', 'current']],
    [['--images', 'c'], ['current']],
    [['--limits', ''], ['default', 'fit']],
    [['--on-conflict', 'o'], ['overwrite']],
    [['--proxy-port', ''], ['80']],
    [['--limit', 'db.m'], ['db.memory=', 'db.memory-reserve=']],
    [['doctor', '--'], ['--json', '--help']],
    [['completion', ''], ['bash', 'zsh', 'fish', 'powershell']],
  ])('%j: %j', async (words, offered) => {
    expect(await complete(...words)).toEqual(offered);
  });
});

it.runIf(POSIX)('bash takes the script, and offers what the command says', async () => {
  const room = makeRoom();
  const { stdout: script } = await run(['completion', 'bash'], room);
  // The script builds on the package bash-completion, of which this is the one function that it calls.
  const program = `
    _get_comp_words_by_ref() { words=("\${COMP_WORDS[@]}") cword=$COMP_CWORD cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]}; }
    create-devstack() { "${process.execPath}" "${MAIN}" "$@"; }
    ${script}
    COMP_WORDS=(create-devstack --images cu) COMP_CWORD=2 COMP_LINE='create-devstack --images cu' COMP_POINT=27
    name=$(complete -p create-devstack | sed 's/.*-F \\([^ ]*\\).*/\\1/')
    "$name"; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await execa('bash', ['-c', program], { cwd: room, env: ENV });
  expect(stdout.split('\n').at(-1)).toMatch(/^current/);
});

it.runIf(has('fish'))('fish takes the script, and offers what the command says', async () => {
  const program = `
    function create-devstack; "${process.execPath}" "${MAIN}" $argv; end
    create-devstack completion fish | source
    complete -C 'create-devstack --images cu'`;
  const { stdout } = await execa('fish', ['--no-config', '-c', program], { cwd: makeRoom(), env: ENV });
  expect(stdout).toMatch(/^current(\t|$)/m);
});

it.runIf(has('zsh'))('zsh takes the script, and completes the word at the prompt', async () => {
  // Its completion works in the line editor alone, which wants a terminal.
  const env = Object.fromEntries(Object.entries({ ...ENV, TERM: 'xterm', HOME: makeRoom(), PS1: 'first> ' }).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const shell = spawn('zsh', ['-f', '-i'], { cwd: makeRoom(), env, cols: 200 });
  onTestFinished(() => shell.kill());
  let screen = '';
  shell.onData((data) => (screen += data));
  const shown = async (text: string) => expect.poll(() => screen, { timeout: 10_000 }).toContain(text);
  await shown('first> ');
  shell.write(`autoload -U compinit && compinit -u -D; create-devstack() { "${process.execPath}" "${MAIN}" "$@" }; eval "$(create-devstack completion zsh)"; PS1='second''> '\r`);
  await shown('second> ');
  shell.write('create-devstack --images cu\t');
  await shown('--images current');
});

it('PowerShell has a script that calls the command', async () => {
  const { code, stdout } = await run(['completion', 'powershell'], makeRoom());
  expect(code).toBe(0);
  expect(stdout).toMatch(/create-devstack\W+complete\W+--/);
});

it.each(['--help', '-h'])('%s says which shells there are', async (flag) => {
  const { code, stdout, stderr } = await run(['completion', flag], makeRoom());
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('Usage: create-devstack completion bash|zsh|fish|powershell');
  expect(stdout).toContain('source <(create-devstack completion bash)');
});

it.each([
  [['bash', 'zsh'], '"zsh" is one word too many: one shell is taken.'],
  [['--json', 'bash'], '--json is no flag of create-devstack completion.'],
  [[], 'Give one of bash, zsh, fish, powershell.'],
  [['bsh'], 'Did you mean bash?'],
])('%j is refused', async (args, advice) => {
  const { code, stderr } = await run(['completion', ...args], makeRoom());
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(advice) });
});
