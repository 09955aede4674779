/** The race: the rivals of the present run, and those planned for the next one. */
import type { RunConfig } from '#core/config.ts';
import type { PlainError } from '#core/errors.ts';
import type { PastEvaluation, SampleView } from '#core/history.ts';
import type { RaceVariant } from '#core/race.ts';
import { type ColumnHistory, emptyHistory } from '#core/step-history.ts';
import type { RunStatus, RunSummary } from '#worker/protocol.ts';
import { newId } from '../new-id.ts';
import { idleStatus, type RunState } from '../run/state.ts';
import type { ViewState } from '../view/state.ts';

/** One model that trains on the race's clock. The first is the present run (slices `run` and `view`). */
export interface Contestant {
  readonly config: RunConfig;
  readonly summary: RunSummary;
  readonly status: RunStatus;
  readonly history: ColumnHistory;
  /** Evaluations whose reconstructions the worker holds, in order. */
  readonly pastEvaluations: readonly PastEvaluation[];
  /** The worker's last view of the chosen sample, at the shown epoch; undefined before the first. */
  readonly sample: SampleView | undefined;
  /** Why it failed; undefined if it did not. */
  readonly failure: PlainError | undefined;
}

export interface RaceState {
  /** Settings in which each rival of the next run will differ from `run.config`; empty: no race. */
  readonly planned: readonly RaceVariant[];
  /** The rivals of the present run, in order; empty if it runs alone. */
  readonly rivals: readonly Contestant[];
  /** Identifies the present race in retained runs; undefined if the present run trains alone. */
  readonly id: string | undefined;
}

/** The slice's part of the present run while it has no rivals. */
export const withoutRivals = { rivals: [], id: undefined } as const satisfies Partial<RaceState>;

export const initialRace: RaceState = { planned: [], ...withoutRivals };

const rivalAtStart = (config: RunConfig, summary: RunSummary): Contestant => ({
  config,
  summary,
  status: { ...idleStatus(config.epochs), stepsPerEpoch: summary.stepsPerEpoch },
  history: emptyHistory,
  pastEvaluations: [],
  sample: undefined,
  failure: undefined,
});

/** The present race. */
type PresentRace = Pick<RaceState, 'rivals' | 'id'>;

/**
 * Returns the race of runs that have just been built; no race if there is only one.
 * @param configs the present run's first, as the summaries
 */
export const raceAtStart = (configs: readonly RunConfig[], summaries: readonly RunSummary[]): PresentRace =>
  configs.length < 2
    ? withoutRivals
    : { rivals: configs.slice(1).map((config, i) => rivalAtStart(config, summaries[i + 1]!)), id: newId() };

/** Returns the same race before its first step. */
export const raceAgain = ({ rivals }: RaceState): PresentRace =>
  rivals.length === 0
    ? withoutRivals
    : { rivals: rivals.map(({ config, summary }) => rivalAtStart(config, summary)), id: newId() };

/**
 * Returns the rivals with another one at a place.
 * @param place 1 for the first rival
 */
export const withRival = (
  rivals: readonly Contestant[],
  place: number,
  rival: Contestant,
): readonly Contestant[] => rivals.map((other, index) => (index === place - 1 ? rival : other));

/**
 * Words the failure of one contestant for the page's message.
 * @param place 0 for the first run
 */
export const contestantFailed = (place: number, { code, problem, remedy }: PlainError): PlainError => ({
  code,
  problem: `Contestant ${place + 1} of the race failed, and the others train on. ${problem}`,
  remedy,
});

type Racing = { readonly run: RunState; readonly view: ViewState; readonly race: RaceState };

let known: { readonly parts: readonly unknown[]; readonly contestants: readonly Contestant[] } | undefined;

/** All contestants, the present run first; empty without a run. The same list until one of them changes. */
export const contestantsOf = ({ run, view, race }: Racing): readonly Contestant[] => {
  const { configured: config, summary, status, history, pastEvaluations, failure } = run;
  const { sample: shown, earlierRun } = view;
  const parts = [config, summary, status, history, pastEvaluations, shown, earlierRun, failure, race.rivals];
  if (known && parts.every((part, index) => part === known?.parts[index])) return known.contestants;
  // Until its first evaluation, the reconstruction on the screen is an earlier run's.
  const sample = shown && earlierRun !== undefined ? { ...shown, output: undefined } : shown;
  const first = config && summary && { config, summary, status, history, pastEvaluations, sample, failure };
  known = { parts, contestants: first ? [first, ...race.rivals] : [] };
  return known.contestants;
};
