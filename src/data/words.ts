/** Sentence fragments for messages. */

/** `1 image`, `2 images`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `a`, `a and b`, `a, b and 3 more`: lists at most `most` names. */
export const listed = (names: readonly string[], most = 4): string => {
  const shown = names.length > most ? names.slice(0, most - 1) : names;
  const parts = shown.length < names.length ? [...shown, `${names.length - shown.length} more`] : [...shown];
  const last = parts.pop() ?? 'nothing';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
};
