/** A text in the browser's storage. Some private windows refuse storage: nothing is saved then. */
import type { SavedText } from './role-memory.ts';

/** @param key of the text */
export const savedText = (key: string): SavedText => ({
  read: () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write: (text) => {
    try {
      localStorage.setItem(key, text);
    } catch {
      return;
    }
  },
});
