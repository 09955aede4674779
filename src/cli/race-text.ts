/** The result of a race: the printed lines, and `race.json`. */
import { aurocJson, baselinesJson } from '#core/bundle/metrics-json.ts';
import { raceInequalities } from '#core/race.ts';
import type { ContestantResult, RaceResult } from '#core/race-result.ts';
import { settingsVersion } from '#core/versions/settings-version.ts';
import { aurocText, signedText } from './baseline-table.ts';
import type { RaceOption } from './race-option.ts';
import type { FinishedRace } from './train-in-page.ts';

const contestantText = ({ imageAuroc, interval, failure, epoch }: ContestantResult): string => {
  if (failure) return `failed: ${failure.problem}`;
  if (!imageAuroc || !interval) return 'not evaluated';
  return `image AUROC ${aurocText({ imageAuroc, interval })} at epoch ${epoch}`;
};

/** A line for each contestant, and one for each difference with its paired interval. */
export const raceLines = (
  { folders }: RaceOption,
  { contestants, differences }: RaceResult,
): readonly string[] => [
  ...contestants.map((contestant, place) => `${folders[place]}: ${contestantText(contestant)}`),
  ...differences.map(
    ({ first, second, epoch, difference }) =>
      `${folders[first]} minus ${folders[second]} at epoch ${epoch}: ${signedText(difference)}`,
  ),
];

/** The content of `race.json`. */
export const raceJson = (
  { setting, folders }: RaceOption,
  { result, runs, baselines, raceMs }: FinishedRace,
): object => {
  const { contestants, differences } = result;
  const inequalities = raceInequalities(contestants.map(({ config }) => config));
  const [run] = runs.filter((ofContestant) => ofContestant !== undefined);
  return {
    settingsVersion,
    category: run?.snapshot.categoryName,
    source: run?.circumstances.source,
    setting,
    equalInitialWeights: !inequalities.includes('initial-weights'),
    equalBatches: !inequalities.includes('batches'),
    contestants: contestants.map(
      ({ config, microBatch, step, epoch, imageAuroc, interval, failure }, place) => ({
        folder: failure ? null : folders[place],
        value: config[setting],
        seed: config.seed,
        score: config.score,
        microBatch,
        steps: step,
        epochs: epoch,
        ...(imageAuroc && interval ? aurocJson({ imageAuroc, interval }) : {}),
        ...(failure ? { failure: failure.problem } : {}),
      }),
    ),
    differences: differences.map(({ first, second, epoch, difference }) => ({
      first: folders[first],
      second: folders[second],
      epoch,
      ...(difference.defined
        ? {
            imageAurocDifference: difference.value,
            interval95: difference.interval.defined
              ? [difference.interval.lower, difference.interval.upper]
              : null,
          }
        : { imageAurocDifference: null, imageAurocDifferenceUndefined: difference.reason }),
    })),
    ...baselinesJson({ ...baselines, difference: undefined }),
    browser: run?.circumstances.browser,
    startedAt: run?.circumstances.startedAt.toISOString(),
    raceMs: Math.round(raceMs),
  };
};
