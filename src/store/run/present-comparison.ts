/** The run that exists as it is compared with the paper's experiment. */
import type { RunConfig } from '#core/config.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation } from '#core/history.ts';
import type { DataFacts } from '#core/paper-differences/data-facts.ts';
import type { ComparedRun } from '#core/paper-differences/paper-differences.ts';
import type { AppState } from '../app-state.ts';
import { retainedRun } from '../runs/state.ts';
import { latestEvaluation } from './state.ts';

/** The images that the run was trained on; undefined where they are not known, as of a run from files. */
export const presentData = ({
  run,
  dataset,
  runs,
}: Pick<AppState, 'run' | 'dataset' | 'runs'>): DataFacts | undefined => {
  const trainedHere = run.importedFrom === undefined;
  return trainedHere ? dataset.loaded?.facts : retainedRun(runs, runs.presentId)?.data;
};

/** Settings of the run that exists, or of the next one where there is none. */
export const presentConfig = ({ run }: Pick<AppState, 'run'>): RunConfig => run.configured ?? run.config;

/** Images that pass through the model of the run at once; undefined where there is none. */
export const presentMicroBatch = ({ run }: Pick<AppState, 'run'>): number | undefined =>
  run.summary?.microBatch;

/** A run as of an evaluation of it; undefined means all of its epochs. */
export const asOfEvaluation = (run: ComparedRun, evaluation: Evaluation | undefined): ComparedRun =>
  evaluation
    ? {
        ...run,
        config: { ...run.config, ...evaluationSettingsOf(evaluation) },
        epochs: evaluation.epoch,
      }
    : run;

/** The run that exists, or the next one where there is none, as of its latest evaluation. */
export const presentComparison = (state: Pick<AppState, 'run' | 'dataset' | 'runs'>): ComparedRun =>
  asOfEvaluation(
    { config: presentConfig(state), microBatch: presentMicroBatch(state), data: presentData(state) },
    latestEvaluation(state.run),
  );
