/** Which sections were folded when the page was last used. */
import * as v from 'valibot';

const key = 'residua-folded-sections';

/** Storage is refused in some private windows, and what stands in it may be of another version: nothing is folded then. */
const read = (): readonly string[] => {
  try {
    return v.parse(v.array(v.string()), JSON.parse(localStorage.getItem(key) ?? '[]'));
  } catch {
    return [];
  }
};

export const wasFolded = (title: string): boolean => read().includes(title);

export const rememberFolded = (title: string, folded: boolean): void => {
  const others = read().filter((other) => other !== title);
  try {
    localStorage.setItem(key, JSON.stringify(folded ? [...others, title] : others));
  } catch {
    return;
  }
};
