import { expect, it } from 'vitest';
import { currentSection, isSameList } from './section-links.ts';

it('marks the lowest section that begins above the edge', () => {
  expect(currentSection([20, 300])).toBe(0);
  expect(currentSection([-400, -100, 200])).toBe(1);
  expect(currentSection([-400, -100, 5])).toBe(2);
});

it('marks the first of sections side by side', () => {
  expect(currentSection([-50, 200, -50, 180])).toBe(0);
});

it('compares lists by their items', () => {
  const [a, b] = [{}, {}];
  expect(isSameList([a, b], [a, b])).toBe(true);
  expect(isSameList([a, b], [a])).toBe(false);
  expect(isSameList([a, b], [b, a])).toBe(false);
});
