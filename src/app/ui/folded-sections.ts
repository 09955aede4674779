/** Which sections were folded when the page was last used. */
import * as v from 'valibot';
import { recall, remember } from './browser-memory.ts';

const key = 'residua-folded-sections';

/** What is stored may be of another version: nothing is folded then. */
const read = (): readonly string[] => {
  try {
    return v.parse(v.array(v.string()), JSON.parse(recall(key) ?? '[]'));
  } catch {
    return [];
  }
};

export const wasFolded = (title: string): boolean => read().includes(title);

export const rememberFolded = (title: string, folded: boolean): void => {
  const others = read().filter((other) => other !== title);
  remember(key, JSON.stringify(folded ? [...others, title] : others));
};
