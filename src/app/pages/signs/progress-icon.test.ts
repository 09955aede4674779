/** The icon's drawing. */
import { describe, expect, it } from 'vitest';
import { type IconSign, progressIcon } from './progress-icon.ts';

const drawn = (sign: IconSign): string => decodeURIComponent(progressIcon(sign, '/icon.svg'));

describe('progressIcon', () => {
  it('fills the ring by the share: its circumference is 2 pi 12 = 75.4', () => {
    expect(drawn(0)).toContain('stroke-dasharray="0.0 75.4"');
    expect(drawn(50)).toContain('stroke-dasharray="37.7 75.4"');
    expect(drawn(100)).toContain('stroke-dasharray="75.4 75.4"');
  });

  it('stays within the ring', () => {
    expect(drawn(-3)).toBe(drawn(0));
    expect(drawn(130)).toBe(drawn(100));
  });

  it('draws an end and a failure apart, and leaves the page its own icon otherwise', () => {
    expect(drawn('done')).not.toBe(drawn('failed'));
    expect(progressIcon('own', '/icon.svg')).toBe('/icon.svg');
  });

  it('is text of an address: no character of it ends or splits one', () => {
    expect(progressIcon(42, '')).toMatch(/^data:image\/svg\+xml,[\w%.()*!'~-]+$/);
  });
});
