import { expect, it } from 'vitest';
import { applyOverrides, DEFAULT_LIMITS, differences, fitTo, formatOverride, parseOverride, SERVICES, total } from '../../src/options/service-limits.ts';

it.each([
  ['db.memory=1g', { service: 'db', key: 'memory', value: 1024 }],
  ['db.memory=512m', { service: 'db', key: 'memory', value: 512 }],
  ['db.memory-reserve=300MB', { service: 'db', key: 'memory-reserve', value: 300 }],
  ['backend.cpus=1.5', { service: 'backend', key: 'cpus', value: 1.5 }],
  ['proxy.cpus-reserve=0.05', { service: 'proxy', key: 'cpus-reserve', value: 0.05 }],
])('reads %s', (text, value) => {
  expect(parseOverride(text)).toEqual({ ok: true, value });
});

it.each([
  ['db', 'SERVICE.KEY=VALUE'],
  ['db.memory', 'SERVICE.KEY=VALUE'],
  ['web.memory=1g', 'names no service; the services are proxy'],
  ['bakend.memory=1g', 'names no service (did you mean backend?)'],
  ['db.memry=1g', 'names no limit (did you mean memory?)'],
  ['db.ram=1g', 'names no limit'],
  ['db.memory=1', 'with m or g'],
  ['db.memory=0m', 'at least'],
  ['db.memory=1.5g', 'whole number'],
  ['db.cpus=0', 'at least'],
  ['db.cpus=1.234', 'two decimals'],
  ['db.cpus=-1', 'two decimals'],
])('refuses %s: %s', (text, problem) => {
  expect(parseOverride(text)).toMatchObject({ ok: false, problem: expect.stringContaining(problem) });
});

it('the default table adds up to the totals of the architecture', () => {
  expect(total(SERVICES, 'cpus')).toBe(7);
  expect(total(SERVICES, 'cpus-reserve')).toBe(2.75);
  expect(total(SERVICES, 'memory')).toBe(4608);
  expect(total(SERVICES, 'memory-reserve')).toBe(1792);
});

it('a fitted table is the default one on a machine that has enough', () => {
  expect(fitTo({ cpus: 8, memory: 16_384 })).toEqual(DEFAULT_LIMITS);
});

it.each([
  { cpus: 1, memory: 2048 },
  { cpus: 2, memory: 4096 },
  { cpus: 2, memory: 512 },
  { cpus: 4, memory: 3000 },
])('on $cpus CPUs and $memory MiB a fitted table can boot: no limit above the machine or below its reservation', (host) => {
  const table = fitTo(host);
  for (const service of SERVICES) {
    expect(table[service].cpus, `${service}.cpus`).toBeLessThanOrEqual(host.cpus);
    expect(table[service].cpus).toBeGreaterThanOrEqual(table[service]['cpus-reserve']);
    expect(table[service].memory).toBeGreaterThanOrEqual(table[service]['memory-reserve']);
    expect(table[service]['memory-reserve']).toBe(DEFAULT_LIMITS[service]['memory-reserve']);
  }
  expect(total(SERVICES, 'cpus-reserve', table)).toBeLessThanOrEqual(Math.max(host.cpus, 0.06));
  expect(total(SERVICES, 'memory', table)).toBeLessThanOrEqual(Math.max(host.memory * 0.75, 1792));
});

it('what differs from the default table gives the table again', () => {
  const table = fitTo({ cpus: 2, memory: 4096 });
  const texts = differences(table).map(formatOverride);
  const read = texts.map((text) => parseOverride(text)).flatMap((parsed) => (parsed.ok ? [parsed.value] : []));
  expect(applyOverrides(DEFAULT_LIMITS, read)).toEqual(table);
  expect(texts.length).toBeGreaterThan(0);
});
