import { expect, it } from 'vitest';
import { applySettings, fillDotenv } from '../../src/plan/dotenv.ts';
import { FACTS } from '../fixtures.ts';

it('fills secrets and ids, and leaves all else as it is', () => {
  const example = '# POSTGRES_PASSWORD=\nAPP_UID=1000\nAPP_GID=1000\nPOSTGRES_PASSWORD=\nPOSTGRES_USER=postgres\n# PROXY_PORT=80\n';
  expect(fillDotenv(example, FACTS)).toBe(
    `# POSTGRES_PASSWORD=\nAPP_UID=1234\nAPP_GID=1235\nPOSTGRES_PASSWORD=${FACTS.secrets.POSTGRES_PASSWORD}\nPOSTGRES_USER=postgres\n# PROXY_PORT=80\n`,
  );
});

it('an empty value that is no secret is a fault of the template', () => {
  expect(() => fillDotenv('API_TOKEN=\n', FACTS)).toThrow('.env.example leaves API_TOKEN empty');
});

it.each([
  ['a default that was chosen stays a comment', [['PROXY_PORT', '80']], '# PROXY_PORT=80\nNAME=app\n'],
  ['another value takes its place and counts', [['PROXY_PORT', '8080']], 'PROXY_PORT=8080\nNAME=app\n'],
  ['a line that counts gets the value', [['NAME', 'shop']], '# PROXY_PORT=80\nNAME=shop\n'],
] as const)('%s', (_, settings, expected) => {
  expect(applySettings('# PROXY_PORT=80\nNAME=app\n', new Map(settings))).toBe(expected);
});

it('a setting without a line is a fault of the template', () => {
  expect(() => applySettings('A=1\n', new Map([['B', '2']]))).toThrow('.env.example has no line for B');
});
