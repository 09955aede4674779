/** The run that exists as it is compared with the paper's experiment. */
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation } from '#core/history.ts';
import type { DataFacts } from '#core/paper-differences/data-facts.ts';
import type { ComparedRun } from '#core/paper-differences/paper-differences.ts';
import type { AppState } from './app-state.ts';
import { keptRun } from './runs/runs-state.ts';

/** The images that the run was trained on; undefined where they are not known, as of a run from files. */
export const presentData = ({
  run,
  dataset,
  runs,
}: Pick<AppState, 'run' | 'dataset' | 'runs'>): DataFacts | undefined => {
  const trainedHere = run.importedFrom === undefined;
  return trainedHere ? dataset.loaded?.facts : keptRun(runs, runs.presentId)?.data;
};

/** The run, or the next one where there is none, as of an evaluation of it; undefined means all of its epochs. */
export const presentComparison = (
  state: Pick<AppState, 'run' | 'dataset' | 'runs'>,
  evaluation: Evaluation | undefined,
): ComparedRun => {
  const { configured, config, summary } = state.run;
  return {
    config: { ...(configured ?? config), ...(evaluation ? evaluationSettingsOf(evaluation) : {}) },
    epochs: evaluation?.epoch,
    microBatch: summary?.microBatch,
    data: presentData(state),
  };
};
