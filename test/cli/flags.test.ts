import { describe, expect, it } from 'vitest';
import { CREATE, type Command } from '../../src/cli/commands.ts';
import { parseFlags } from '../../src/cli/flags.ts';
import { OPTIONS, PROJECT_OPTIONS } from '../../src/options/index.ts';

describe('what is given', () => {
  it.each([
    [['app'], { directory: 'app' }],
    [['--', 'app', '--celery'], { directory: 'app', celery: true }],
    [['app', '--', '--celery'], { directory: 'app', celery: true }],
    [['./--app'], { directory: './--app' }],
    [['--name', 'shop'], { name: 'shop' }],
    [['--name=shop'], { name: 'shop' }],
    [['--celery'], { celery: true }],
    [['--no-celery'], { celery: false }],
    [['--no-git'], { git: false }],
    [['--no-agents'], { agents: false }],
    [['--proxy-port', '8080', '--frontend-port=3000'], { proxyPort: 8080, frontendPort: 3000 }],
    [['--backend-port', '1', '--db-port', '65535', '--redis-port', '2'], { backendPort: 1, dbPort: 65_535, redisPort: 2 }],
    [['--limits', 'fit'], { limits: 'fit' }],
    [['--images', 'current'], { images: 'current' }],
    [
      ['--limit', 'db.memory=1g', '--limit', 'db.cpus=2'],
      { limit: [{ service: 'db', key: 'memory', value: 1024 }, { service: 'db', key: 'cpus', value: 2 }] },
    ],
    [['--name', 'shop', '--name', 'shop'], { name: 'shop' }],
  ])('%j', (argv, answers) => {
    const { partial, faults } = parseFlags(argv);
    expect(faults).toEqual([]);
    expect(partial.answers).toEqual(answers);
  });

  it.each([
    ['-y', 'yes'],
    ['--yes', 'yes'],
    ['-h', 'help'],
    ['-v', 'version'],
    ['--version', 'version'],
  ])('%s is the mode %s', (flag, mode) => {
    expect(parseFlags([flag]).modes).toMatchObject({ [mode]: true });
  });

  it('says where each value was given', () => {
    expect(parseFlags(['app', '--db-port', '1']).partial.sources).toEqual({ directory: 'directory', dbPort: '--db-port' });
  });
});

describe('faults', () => {
  it.each([
    [['--celry'], '--celry is no flag of create-devstack. Did you mean --celery?'],
    [['--zzzzzzzzz'], '--zzzzzzzzz is no flag of create-devstack. See create-devstack --help.'],
    [['app', '--proxyport', '8080'], '--proxyport is no flag of create-devstack. Did you mean --proxy-port?'],
    [['--proxyport', '8080', 'app'], '--proxyport is no flag of create-devstack. Did you mean --proxy-port?'],
    [['--proxyport=8080', 'app'], '--proxyport is no flag of create-devstack. Did you mean --proxy-port?'],
    [['--imags', 'current', 'app'], '--imags is no flag of create-devstack. Did you mean --images?'],
    [['--confg', 'a.json', 'app'], '--confg is no flag of create-devstack. Did you mean --config?'],
    [['-x'], '-x is no flag of create-devstack. See create-devstack --help.'],
    [['--no-name'], '--no-name is no flag of create-devstack. Did you mean --name?'],
    [['--proxy-port', 'x'], '--proxy-port "x" is not valid: must be a whole number from 1 to 65535.'],
    [['--proxy-port', '0'], '--proxy-port "0" is not valid: must be a whole number from 1 to 65535.'],
    [['--proxy-port', '65536'], '--proxy-port "65536" is not valid: must be a whole number from 1 to 65535.'],
    [['--proxy-port', '-1'], '--proxy-port "-1" is not valid: must be a whole number from 1 to 65535.'],
    [['--proxy-port', '8e1'], '--proxy-port "8e1" is not valid: must be a whole number from 1 to 65535.'],
    [['--proxy-port'], '--proxy-port needs a value: --proxy-port PORT.'],
    [['--proxy-port='], '--proxy-port needs a value: --proxy-port PORT.'],
    [['--name', '--celery'], '--name needs a value: --name NAME.'],
    [['--celery=yes'], '--celery takes no value, but "yes" was given. Write --celery or --no-celery.'],
    [['--help=x'], '--help takes no value, but "x" was given. Write --help alone.'],
    [['--celery', '--no-celery'], '--celery and --no-celery contradict each other. Give one of them.'],
    [['--db-port', '1', '--db-port', '2'], '--db-port is given twice, as "1" and "2". Give it once.'],
    [['--images', 'curent'], '--images "curent" is not valid: must be one of baseline, current (did you mean current?).'],
    [['--on-conflict', 'kep'], '--on-conflict "kep" is not valid: must be one of fail, keep, overwrite (did you mean keep?).'],
    [['--images', 'old'], '--images "old" is not valid: must be one of baseline, current.'],
    [['a', 'b'], '"b" is one word too many: one directory is taken. Quote a path that has spaces.'],
    [[''], 'directory "" is not valid: must be a path, such as my-app or ../my-app.'],
    [['--limit', 'db.cpus=0'], '--limit "db.cpus=0" is not valid: must be a number of CPUs with at most two decimals, such as 0.5 or 2, at least 0.01.'],
  ])('%j', (argv, fault) => {
    expect(parseFlags(argv).faults).toEqual([fault]);
  });

  it('are all told at once', () => {
    expect(parseFlags(['a', 'b', '--celry', '--db-port', '0']).faults).toHaveLength(3);
  });
});

it('a word that the misspelt flag would not take is no value of it', () => {
  const { partial, faults } = parseFlags(['--proxyport', 'app']);
  expect(partial.answers).toEqual({ directory: 'app' });
  expect(faults).toHaveLength(1);
});

it('every option but the directory has a flag that is its own', () => {
  const flags = OPTIONS.flatMap((option) => (option.kind === 'positional' ? [] : [option.flag]));
  expect(new Set(flags).size).toBe(OPTIONS.length - 1);
});

describe('a command takes its own flags, and no others', () => {
  const update: Command = { ...CREATE, name: 'doctor', options: PROJECT_OPTIONS, modes: ['json', 'help'], words: ['directory'] };

  it('some choices and some modes', () => {
    expect(parseFlags(['app', '--celery', '--proxy-port=81', '--json'], update)).toMatchObject({
      partial: { answers: { celery: true, proxyPort: 81 } },
      modes: { json: true },
      words: ['app'],
      faults: [],
    });
  });

  it.each([
    [['--yes'], '--yes is no flag of create-devstack doctor. See create-devstack doctor --help.'],
    [['--no-gti'], '--no-gti is no flag of create-devstack doctor. See create-devstack doctor --help.'],
    [['--clery'], '--clery is no flag of create-devstack doctor. Did you mean --celery?'],
    [['a', 'b'], '"b" is one word too many: one directory is taken. Quote a path that has spaces.'],
  ])('%j is refused', (argv, fault) => {
    expect(parseFlags(argv, update).faults).toEqual([fault]);
  });
});
