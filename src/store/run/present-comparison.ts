/** The present run, for the comparison with the paper's experiment. */
import type { RunConfig } from '#core/config.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation } from '#core/history.ts';
import type { DataFacts } from '#core/paper-differences/data-facts.ts';
import type { ComparedRun } from '#core/paper-differences/paper-differences.ts';
import type { AppState } from '../app-state.ts';
import { retainedRun } from '../runs/state.ts';
import { latestEvaluation } from './state.ts';

/** Facts about the run's training images; undefined if unknown, as for an imported run. */
export const presentData = ({
  run,
  dataset,
  runs,
}: Pick<AppState, 'run' | 'dataset' | 'runs'>): DataFacts | undefined => {
  const trainedHere = run.importedFrom === undefined;
  return trainedHere ? dataset.loaded?.facts : retainedRun(runs, runs.presentId)?.data;
};

/** Settings of the present run, or of the next one if there is none. */
export const presentConfig = ({ run }: Pick<AppState, 'run'>): RunConfig => run.configured ?? run.config;

/** Images that pass through the model at once; undefined without a run. */
export const presentMicroBatch = ({ run }: Pick<AppState, 'run'>): number | undefined =>
  run.summary?.microBatch;

/** Returns a run as it was at one of its evaluations; an undefined evaluation means all epochs. */
export const asOfEvaluation = (run: ComparedRun, evaluation: Evaluation | undefined): ComparedRun =>
  evaluation
    ? {
        ...run,
        config: { ...run.config, ...evaluationSettingsOf(evaluation) },
        epochs: evaluation.epoch,
      }
    : run;

/** The present run as of its latest evaluation, or the next run if there is none. */
export const presentComparison = (state: Pick<AppState, 'run' | 'dataset' | 'runs'>): ComparedRun =>
  asOfEvaluation(
    { config: presentConfig(state), microBatch: presentMicroBatch(state), data: presentData(state) },
    latestEvaluation(state.run),
  );
