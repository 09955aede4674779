/** The report of the present run, from which the texts of a bundle are written. */
import { type PlainBaselines, plainBaselines } from '#core/baselines/plain-baselines.ts';
import type { RunReport } from '#core/bundle/run-report.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { ImageMetrics } from '#core/metrics/image-metrics.ts';
import type { PixelMetrics } from '#core/metrics/pixel-metrics.ts';
import type { AppState } from '../app-state.ts';
import { presentDifference } from '../baselines/baseline-difference.ts';
import { presentReferences } from '../baselines/state.ts';
import { chosenThreshold } from '../decision/threshold.ts';
import { presentThresholdRecord } from '../decision/threshold-export.ts';
import { latestEvaluation } from '../run/state.ts';
import { snapshotOf } from '../snapshot.ts';

/** The baselines by the run's score; undefined if they are not computed. */
const baselinesOf = (state: AppState): PlainBaselines | undefined => {
  const { statistics } = state.baselines;
  const references = presentReferences(state.baselines, state.run);
  if (!statistics || !references) return undefined;
  return plainBaselines(statistics, references, presentDifference(state, latestEvaluation(state.run)));
};

/** The metrics of the latest evaluation. */
export interface SettledMetrics {
  readonly image: ImageMetrics;
  readonly pixel: PixelMetrics;
}

/** Returns the report of the present run, as of its latest evaluation: later steps are left out. */
export const runReport = (state: AppState, metrics: SettledMetrics): RunReport => {
  const snapshot = snapshotOf(state);
  const last = snapshot.evaluations.at(-1);
  const chosen = chosenThreshold(state);
  return {
    snapshot: {
      ...snapshot,
      config: last ? { ...snapshot.config, ...evaluationSettingsOf(last) } : snapshot.config,
      steps: snapshot.steps.filter(({ step }) => step <= (last?.step ?? 0)),
    },
    metrics,
    baselines: baselinesOf(state),
    comparison: undefined,
    threshold: presentThresholdRecord(state) ?? {
      reason: chosen.defined ? 'It is not finite.' : chosen.reason,
    },
    contentHashes: state.dataset.loaded?.contentHashes ?? new Map(),
    maskPaths: new Map(
      state.dataset.loaded?.category.samples.flatMap(({ path, maskPath, maskPaths }) => {
        const own = maskPaths ?? (maskPath === undefined ? [] : [maskPath]);
        return own.length === 0 ? [] : [[path, own]];
      }),
    ),
  };
};
