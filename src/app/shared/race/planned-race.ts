/** The contestants of the planned race in words, for the buttons that start it. */
import type { RunConfig } from '#core/config.ts';
import { contestantConfigs, type RaceVariant } from '#core/race.ts';
import { contestantNames } from './contestant-names.ts';

/** The last answer: buttons ask again at every change of the state. */
let known:
  | {
      readonly config: RunConfig;
      readonly planned: readonly RaceVariant[];
      readonly names: readonly string[];
    }
  | undefined;

const namesOf = (config: RunConfig, planned: readonly RaceVariant[]): readonly string[] => {
  if (planned.length === 0) return [];
  try {
    return contestantNames(contestantConfigs(config, planned));
  } catch {
    // The start of the race reports the settings that contradict it.
    return [];
  }
};

/** Names of the planned contestants, the first run's first; empty without a plan, and while changed settings contradict it. */
export const plannedNames = (config: RunConfig, planned: readonly RaceVariant[]): readonly string[] => {
  if (known?.config !== config || known.planned !== planned)
    known = { config, planned, names: namesOf(config, planned) };
  return known.names;
};

/** `Race L2, WFDL`: the text of a button that starts the planned race; undefined without a plan. */
export const raceText = (config: RunConfig, planned: readonly RaceVariant[]): string | undefined =>
  planned.length === 0 ? undefined : `Race ${plannedNames(config, planned).join(', ')}`.trim();
