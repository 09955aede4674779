/** A race as the user edits it: the ticked settings, and the text of each for every rival. */
import type { RunConfig } from '#core/config.ts';
import { mostContestants, type RaceVariant } from '#core/race.ts';
import { type RaceSetting, raceSettings, suggestedValue } from './race-settings.ts';

/** Texts by the key of their setting; those of settings without a tick wait for a new tick. */
export type DraftRival = Readonly<Partial<Record<keyof RunConfig, string>>>;

export interface RaceDraft {
  readonly ticked: readonly RaceSetting[];
  /** At least one. */
  readonly rivals: readonly DraftRival[];
}

/** The largest number of rivals beside the first run. */
export const mostRivals = mostContestants - 1;

const filled = (draft: RaceDraft, config: RunConfig): RaceDraft => ({
  ...draft,
  rivals: draft.rivals.map((rival, index) => ({
    ...Object.fromEntries(
      draft.ticked.map((setting) => [setting.key, suggestedValue(setting, config, index + 1)]),
    ),
    ...rival,
  })),
});

/** The draft of a planned race; without one, a rival with another loss. */
export const draftOf = (config: RunConfig, planned: readonly RaceVariant[]): RaceDraft => {
  const ticked = raceSettings.filter(({ key }) => planned.some((variant) => key in variant));
  const rivals = planned.map((variant) =>
    Object.fromEntries(ticked.map(({ key }) => [key, String(variant[key] ?? config[key])])),
  );
  return ticked.length > 0
    ? { ticked, rivals }
    : filled({ ticked: raceSettings.slice(0, 1), rivals: [{}] }, config);
};

/** Ticks a setting or removes its tick; a rival without a value for it gets one that differs. */
export const withTick = (
  draft: RaceDraft,
  config: RunConfig,
  setting: RaceSetting,
  isTicked: boolean,
): RaceDraft => {
  const ticked = raceSettings.filter((other) =>
    other === setting ? isTicked : draft.ticked.includes(other),
  );
  return filled({ ...draft, ticked }, config);
};

export const withRival = (draft: RaceDraft, config: RunConfig): RaceDraft =>
  draft.rivals.length < mostRivals ? filled({ ...draft, rivals: [...draft.rivals, {}] }, config) : draft;

export const withoutRival = (draft: RaceDraft, index: number): RaceDraft => ({
  ...draft,
  rivals: draft.rivals.filter((_, other) => other !== index),
});

export const withText = (draft: RaceDraft, index: number, key: keyof RunConfig, text: string): RaceDraft => ({
  ...draft,
  rivals: draft.rivals.map((rival, other) => (other === index ? { ...rival, [key]: text } : rival)),
});

/** The rivals' settings. A text that is no number becomes NaN, which the check of the settings refuses. */
export const variantsOf = ({ ticked, rivals }: RaceDraft, config: RunConfig): readonly RaceVariant[] =>
  rivals.map((rival) =>
    Object.fromEntries(
      ticked.map(({ key }) => {
        const text = (rival[key] ?? '').trim();
        if (typeof config[key] !== 'number') return [key, text];
        return [key, text === '' ? Number.NaN : Number(text)];
      }),
    ),
  );
