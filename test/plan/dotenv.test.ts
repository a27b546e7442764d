import { expect, it } from 'vitest';
import { fillDotenv } from '../../src/plan/dotenv.ts';
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
