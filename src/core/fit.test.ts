import { expect, it } from 'vitest';
import { framingWords, isSameFraming } from './fit.ts';

it('framings are the same if side and fit are', () => {
  const framing = { side: 64, fit: 'pad' } as const;
  expect(isSameFraming(framing, { ...framing })).toBe(true);
  expect(isSameFraming(framing, { ...framing, side: 32 })).toBe(false);
  expect(isSameFraming(framing, { ...framing, fit: 'crop' })).toBe(false);
});

it('the words of a framing name the fit if only that says the difference', () => {
  expect(framingWords({ side: 64, fit: 'pad' }, { side: 32, fit: 'pad' })).toBe('side 64');
  expect(framingWords({ side: 64, fit: 'pad' }, { side: 64, fit: 'crop' })).toBe('side 64, fit pad');
});
