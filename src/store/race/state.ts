/** The race: the rivals of the present run, and those planned for the next one. */
import type { RunConfig } from '#core/config.ts';
import type { PastEvaluation, SampleView } from '#core/history.ts';
import type { RaceVariant } from '#core/race.ts';
import type { ColumnHistory } from '#core/step-history.ts';
import type { RunStatus, RunSummary } from '#worker/protocol.ts';
import type { RunState } from '../run/state.ts';
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
}

export interface RaceState {
  /** Settings in which each rival of the next run will differ from `run.config`; empty: no race. */
  readonly planned: readonly RaceVariant[];
  /** The rivals of the present run, in order; empty if it runs alone. */
  readonly rivals: readonly Contestant[];
}

export const initialRace: RaceState = { planned: [], rivals: [] };

type Racing = { readonly run: RunState; readonly view: ViewState; readonly race: RaceState };

let known: { readonly parts: readonly unknown[]; readonly contestants: readonly Contestant[] } | undefined;

/** All contestants, the present run first; empty without a run. The same list until one of them changes. */
export const contestantsOf = ({ run, view, race }: Racing): readonly Contestant[] => {
  const { configured: config, summary, status, history, pastEvaluations } = run;
  const { sample } = view;
  const parts = [config, summary, status, history, pastEvaluations, sample, race.rivals];
  if (known && parts.every((part, index) => part === known?.parts[index])) return known.contestants;
  const first = config && summary && { config, summary, status, history, pastEvaluations, sample };
  known = { parts, contestants: first ? [first, ...race.rivals] : [] };
  return known.contestants;
};
