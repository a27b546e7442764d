import { expect, it } from 'vitest';
import { checkName, lastPart, proposeName } from '../../src/options/project-name.ts';

it.each(['app', 'my-app', 'a1', 'shop-2-go', 'a'.repeat(40)])('takes %s', (name) => {
  expect(checkName(name)).toEqual({ ok: true, value: name });
});

it.each([
  ['', 'must not be empty', 'app'],
  ['My App', 'lower-case', 'my-app'],
  ['myApp', 'lower-case', 'my-app'],
  ['1st', 'starts with a letter', 'app-1st'],
  ['my_app', 'hyphens', 'my-app'],
  ['-x-', 'hyphens', 'x'],
  ['a--b', 'single hyphens', 'a-b'],
  ['Café', 'lower-case', 'cafe'],
  ['con', 'device name on Windows', 'con-app'],
  ['com1', 'device name on Windows', 'com1-app'],
  ['class', 'keyword of Python', 'class-app'],
  ['django', 'backend imports', 'django-app'],
  ['user', 'reserved word of PostgreSQL', 'user-app'],
  ['postgres', 'database that PostgreSQL', 'postgres-app'],
  ['a'.repeat(41), 'at most 40', 'a'.repeat(40)],
  ['日本', 'lower-case', 'app'],
])('refuses "%s", because %s, and proposes %s', (name, reason, proposal) => {
  const checked = checkName(name);
  expect(checked).toMatchObject({ ok: false, problem: expect.stringContaining(reason) });
  expect(checked).toMatchObject({ problem: expect.stringMatching(new RegExp(`try ${proposal}$`)) });
  expect(checkName(proposal).ok).toBe(true);
});

it('proposes nothing where nothing of the text can stay', () => {
  expect(proposeName('¡!')).toBeUndefined();
});

it.each([
  ['app', 'app'],
  ['./x/app/', 'app'],
  ['C:\\work\\shop', 'shop'],
  ['..', ''],
  ['.', ''],
  ['/', ''],
  ['C:\\', ''],
])('the last part of %s is "%s"', (path, part) => {
  expect(lastPart(path)).toBe(part);
});
