/** The ends of support: which images they are about, when they are told, and that the image sets are all known. */
import { expect, it } from 'vitest';
import { endingBy, LIFETIMES, lifetimesOf, tellEnd } from '../../src/options/lifetimes.ts';
import { IMAGE_SETS } from '../../src/plan/image-sets.ts';

const titles = (images: readonly string[]) => lifetimesOf(images).map(({ title }) => title);
const ending = (day: string, ...images: string[]) => endingBy(day, images).map(({ title }) => title);

it.each([
  [['node:20-alpine'], ['Node 20']],
  [['registry.example.test/library/node:20.19.4-alpine', 'node:20'], ['Node 20']],
  [['node:200', 'python:3.1', 'mariadb:15', 'node'], []],
  [['postgres:15@sha256:00', 'redis:7.4'], ['PostgreSQL 15', 'Redis 7']],
])('%j is about %j', (images, expected) => {
  expect(titles(images)).toEqual(expected);
});

it.each([
  ['2026-04-30', ['Node 20']],
  ['2025-10-30', ['Node 20']],
  ['2025-10-29', []],
  ['2031-01-01', ['Python 3.12', 'Node 20']],
])('on %s, of Python 3.12, Node 20 and Redis 7 there are named: %j', (day, expected) => {
  expect(ending(day, 'python:3.12-slim', 'node:20-alpine', 'redis:7')).toEqual(expected);
});

it('tells what was from what will be', () => {
  expect(tellEnd({ title: 'Node 20', end: '2026-04-30' }, '2026-04-30')).toBe('Node 20 (ends 2026-04-30)');
  expect(tellEnd({ title: 'Node 20', end: '2026-04-30' }, '2026-05-01')).toBe('Node 20 (ended 2026-04-30)');
});

it('knows every image of the sets, by days that exist and a source', () => {
  for (const { python, node, nginx, postgres, redis } of Object.values(IMAGE_SETS)) expect(titles([python, node, nginx, postgres, redis])).toHaveLength(5);
  for (const { end, source } of LIFETIMES) {
    if (end !== undefined) expect(new Date(end).toISOString().slice(0, 10)).toBe(end);
    expect(source).toMatch(/^https:/);
  }
});
