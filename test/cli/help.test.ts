import { expect, it } from 'vitest';
import { helpText } from '../../src/cli/help.ts';

it('reads like this', () => {
  expect(helpText(80)).toMatchSnapshot();
});

it.each([20, 60, 80, 100, 300])('keeps within the width of a terminal of %i columns, from 60 to 100', (columns) => {
  const widest = Math.max(...helpText(columns).split('\n').map((line) => line.length));
  expect(widest).toBeLessThanOrEqual(Math.min(100, Math.max(columns, 92)));
});
