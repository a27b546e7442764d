/** Boots production once, for every test file: on 80 and 443 in CI, elsewhere on ports that nobody else's default takes. */
import type { TestProject } from 'vitest/node';
import { generate, ownPorts } from '../stack/stack.ts';
import { configure, prod, removeSite, type Site } from './site.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly site: Site;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stack = await generate('pr-app', ownPorts(20), '--celery');
  const site: Site = { stack, ...(process.env['CI'] ? { http: 80, https: 443 } : { http: 30_081, https: 30_043 }) };
  try {
    await configure(site);
    await prod(site, 'certificate', '--self-signed');
    await prod(site, 'up');
    project.provide('site', site);
  } catch (error) {
    await removeSite(site);
    throw error;
  }
  return () => removeSite(site);
}
