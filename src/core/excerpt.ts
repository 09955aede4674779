/** Shortens long texts in messages. */

const longest = 60;

/** Returns the start of a text that is too long for a message, or a shorter text unchanged. */
export const excerpt = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
