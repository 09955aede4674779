/** Texts that are saved in the browser, by key. Some private windows refuse storage: nothing is saved then. */

/** The saved text of a key; null if there is none. */
export const recall = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

/** Saves a text under a key; null deletes it. */
export const remember = (key: string, text: string | null): void => {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    return;
  }
};
