/** A fault that valibot found, in our words. */
import type * as v from 'valibot';
import { excerpt } from './excerpt.ts';

/** Valibot's own sentence, which names its types instead of what the user should do. */
const ownWords = /^Invalid /;

/**
 * Returns the predicate of a sentence about the faulty value: `is "x", expected number`, or with the schema's own message
 * `is 9: must be at most 8`.
 */
export const describeIssue = ({ received, expected, message }: v.BaseIssue<unknown>): string => {
  const found = `is ${excerpt(received)}`;
  return ownWords.test(message) && expected !== null
    ? `${found}, expected ${excerpt(expected)}`
    : `${found}: ${message}`;
};
