/** Compares all scores of the latest evaluation in the background, after a run has paused or ended. */
import { isCancelled } from '#core/errors.ts';
import { type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation } from '#core/history.ts';
import { isMadeWith, waysOfScoring } from '#core/scores/compare-scores.ts';
import { usesCalibration } from '#core/scores/score-names.ts';
import type { MetricsClient } from '#worker/metrics-client.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { labelsOf } from '../dataset/image-labels.ts';
import { createLatestSignal } from '../latest-signal.ts';
import { isResting } from '../run/resting.ts';
import { latestEvaluation } from '../run/state.ts';
import { bootstrapSeed } from './actions.ts';
import type { ScoreTableRow } from './state.ts';

/** Each score, raw and calibrated as in these settings, and the settings themselves. */
const waysOf = (state: AppState, latest: Evaluation): readonly EvaluationSettings[] => {
  const { configured, config } = state.run;
  const own = evaluationSettingsOf(latest);
  const ways = waysOfScoring({ ...(configured ?? config), ...own }, [own.batchNorm]).filter(
    (way) =>
      !usesCalibration(way) ||
      (way.calibrationPooling === own.calibrationPooling && way.calibrationBands === own.calibrationBands),
  );
  return ways.some((way) => isMadeWith(latest, way)) ? ways : [own, ...ways];
};

const aurocOf = ({ auroc }: ScoreTableRow): number => (auroc.defined ? auroc.value : -1);

/** Listens to the store. */
export const syncScoreTable = (api: StateApi, training: TrainingClient, metrics: MetricsClient): void => {
  const work = createLatestSignal();
  let underWay: Evaluation | undefined;
  let failed: Evaluation | undefined;

  const compute = async (state: AppState, evaluation: Evaluation): Promise<void> => {
    const signal = work.next();
    underWay = evaluation;
    try {
      const labels = labelsOf(state.dataset.loaded?.samples ?? []);
      const ways = waysOf(state, evaluation);
      const scored = await training.request('scoreWays', { ways }, { signal });
      const rows: ScoreTableRow[] = [];
      for (const { scores, ...settings } of scored) {
        if (signal.aborted) return;
        if (labels.anomalous.length !== scores.length) throw new Error('the evaluation is of other images');
        const { overall } = await metrics.imageMetrics({ scores, labels, seed: bootstrapSeed });
        const { auroc, aurocInterval, averagePrecision } = overall;
        rows.push({ settings, auroc, aurocInterval, averagePrecision });
      }
      if (signal.aborted || latestEvaluation(api.getState().run) !== evaluation) return;
      rows.sort((a, b) => aurocOf(b) - aurocOf(a));
      patch(api, 'metrics', { scoreTable: { evaluation, rows } });
    } catch (thrown) {
      // Work that comes first cancels this; the comparison then starts again.
      if (!isCancelled(thrown)) failed = evaluation;
    } finally {
      underWay = undefined;
      follow(api.getState());
    }
  };

  const follow = (state: AppState): void => {
    const latest = latestEvaluation(state.run);
    const isOver = state.run.status.phase === 'finished' || state.run.status.phase === 'paused';
    const canCompare = latest?.imageAuroc.defined === true && isOver && isResting(state);
    if (!canCompare || (underWay && underWay !== latest)) work.abort();
    const isDone = state.metrics.scoreTable?.evaluation === latest;
    if (canCompare && !underWay && !isDone && failed !== latest) void compute(state, latest);
  };
  api.subscribe(follow);
};
