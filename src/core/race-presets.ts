/** Races with a name. */
import type { RunConfig } from './config.ts';
import type { RaceVariant } from './race.ts';

/** A race that the page offers: settings of the first run on top of the user's, and those of its rivals. */
export interface RacePreset {
  readonly settings: Partial<RunConfig>;
  readonly rivals: readonly RaceVariant[];
}

export const racePresets = {
  /** The paper's comparison: the frequency loss against L2, which misses fine detail. */
  'what-l2-misses': { settings: { loss: 'wfdl' }, rivals: [{ loss: 'l2' }] },
} as const satisfies Readonly<Record<string, RacePreset>>;

export type RacePresetName = keyof typeof racePresets;
