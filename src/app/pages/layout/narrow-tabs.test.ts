import { describe, expect, it } from 'vitest';
import { narrowTabs, offsetAfterChange } from './narrow-tabs.ts';

describe('the tabs of a narrow window', () => {
  it('are fewer where settings and gallery have room beside the images', () => {
    expect(narrowTabs(true)).toEqual(['images', 'gallery', 'settings', 'results']);
    expect(narrowTabs(false)).toEqual(['images', 'results']);
  });
});

describe('the offset after a change of the tab', () => {
  it('is the start of a section that was not shown yet', () => {
    expect(offsetAfterChange(900, 200, undefined)).toBe(200);
  });

  it('is where the user left the section', () => {
    expect(offsetAfterChange(900, 200, 640)).toBe(640);
    // The browser rounded the start when it scrolled there.
    expect(offsetAfterChange(83, 83.4, 640)).toBe(640);
  });

  it('keeps the strip of the tabs in its place', () => {
    expect(offsetAfterChange(900, 200, 50)).toBe(200);
    expect(offsetAfterChange(120, 200, 640)).toBe(120);
    expect(offsetAfterChange(120, 200, undefined)).toBe(120);
  });
});
