/** Which key presses are the page's, and which are left alone. */
import { describe, expect, it } from 'vitest';
import { type KeyPlace, type KeyStroke, shortcutOf } from './Shortcuts.tsx';

const plain: KeyStroke = {
  key: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  repeat: false,
};
const press = (change: Partial<KeyStroke>, place: KeyPlace = 'page') =>
  shortcutOf({ ...plain, ...change }, place);

describe('shortcutOf', () => {
  it('undoes and redoes on both systems’ keys, from the page and from controls', () => {
    for (const place of ['page', 'control'] as const) {
      expect(press({ key: 'z', ctrlKey: true }, place)).toBe('undo');
      expect(press({ key: 'z', metaKey: true }, place)).toBe('undo');
      expect(press({ key: 'Z', ctrlKey: true, shiftKey: true }, place)).toBe('redo');
      expect(press({ key: 'Z', metaKey: true, shiftKey: true }, place)).toBe('redo');
      expect(press({ key: 'y', ctrlKey: true }, place)).toBe('redo');
    }
  });

  it('leaves all keys to fields of text and to dialogs', () => {
    for (const place of ['text', 'dialog'] as const) {
      for (const stroke of [{ key: 'z', ctrlKey: true }, { key: '?' }, { key: ' ' }]) {
        expect(press(stroke, place)).toBeUndefined();
      }
    }
  });

  it('leaves the space bar to a focused control, but not the question mark', () => {
    expect(press({ key: ' ' })).toBe('train');
    expect(press({ key: ' ' }, 'control')).toBeUndefined();
    expect(press({ key: '?', shiftKey: true }, 'control')).toBe('help');
  });

  it('starts the lecture from the page and from controls, in either case of the letter', () => {
    expect(press({ key: 'l' })).toBe('lecture');
    expect(press({ key: 'L', shiftKey: true }, 'control')).toBe('lecture');
    expect(press({ key: 'l' }, 'text')).toBeUndefined();
    expect(press({ key: 'l', ctrlKey: true })).toBeUndefined();
  });

  it('repeats undo while the key is held, and nothing else', () => {
    expect(press({ key: 'z', ctrlKey: true, repeat: true })).toBe('undo');
    expect(press({ key: ' ', repeat: true })).toBeUndefined();
    expect(press({ key: '?', repeat: true })).toBeUndefined();
  });

  it('leaves other keys, and the browser’s own with Alt or Command Y, alone', () => {
    expect(press({ key: 'z' })).toBeUndefined();
    expect(press({ key: 'a', ctrlKey: true })).toBeUndefined();
    expect(press({ key: 'z', ctrlKey: true, altKey: true })).toBeUndefined();
    expect(press({ key: 'y', metaKey: true })).toBeUndefined();
  });
});
