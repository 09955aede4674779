/** The outcomes of a decision in words. */
import type { Outcome } from '#store/decision/outcome.ts';

/** Of one image, as a label says it. */
export const outcomeOfOne: Readonly<Record<Outcome, string>> = {
  hit: 'hit',
  miss: 'miss',
  'false-alarm': 'false alarm',
  pass: 'passed',
};

/** Of several, with what they mean. */
export const outcomeChoices = [
  { value: 'hit', label: 'Hits', meaning: 'Anomalous, and the score reaches the threshold.' },
  { value: 'miss', label: 'Misses', meaning: 'Anomalous, but the score stays below the threshold.' },
  { value: 'false-alarm', label: 'False alarms', meaning: 'Good, but the score reaches the threshold.' },
  { value: 'pass', label: 'Passed', meaning: 'Good, and the score stays below the threshold.' },
] as const satisfies readonly { value: Outcome; label: string; meaning: string }[];

/** What an outcome means, as a sentence. */
export const meaningOf = (outcome: Outcome): string =>
  outcomeChoices.find(({ value }) => value === outcome)?.meaning ?? '';

/** What a filter leaves out of, for an empty result: `no misses of type scratch`. */
export const nothingIn: Readonly<Record<Outcome, string>> = {
  hit: 'no hits',
  miss: 'no misses',
  'false-alarm': 'no false alarms',
  pass: 'no passed images',
};
