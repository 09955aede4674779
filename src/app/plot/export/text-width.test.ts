import { describe, expect, it } from 'vitest';
import { cutText, wrapText } from './text-width.ts';

// Size 10 and 0.56 of it a character: 57 units hold ten.
describe('text in a limited width', () => {
  it('keeps the end of a path', () => {
    expect(cutText('0123456789', 57, 10)).toBe('0123456789');
    expect(cutText('a/b/0123456789', 57, 10)).toBe('…123456789');
  });

  it('breaks between words, and within a word only if it is longer than a line', () => {
    expect(wrapText('one two three', 57, 10)).toEqual(['one two', 'three']);
    expect(wrapText('0123456789abc de', 57, 10)).toEqual(['0123456789', 'abc de']);
    expect(wrapText('', 57, 10)).toEqual([]);
  });
});
