/** The software in the images still gets security fixes, and will for a while. */
import { join } from 'node:path';
import { endingBy, tellEnd } from '../../options/lifetimes.ts';
import { isoDay } from '../../io/iso-day.ts';
import type { Check } from '../subject.ts';

export const checkLifetimes: Check = async ({ directory, stack, system }) => {
  const { services } = await stack();
  const today = isoDay(system.now());
  return endingBy(today, services.flatMap(({ images }) => images)).map((lifetime) => ({
    id: 'end-of-life',
    severity: 'advice',
    title: `${tellEnd(lifetime, today)} gets no security fixes from then on.`,
    cause: `Faults that become known later stay open. Said by ${lifetime.source}`,
    remedy: lifetime.image.startsWith('postgres')
      ? `Move to a newer one as docs/operations.md says: another major version keeps its data in another form`
      : `Set ${lifetime.image.split(':')[0]?.toUpperCase()}_IMAGE in ${join(directory, '.env')} to a newer one, then ./docker-dev.sh start`,
  }));
};
