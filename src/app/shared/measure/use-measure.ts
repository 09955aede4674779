/** The measure of the page: the loaded images and the chosen score. */
import { useMemo } from 'react';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { imagesOfRun, type Measure, presentMeasure } from '#store/runs/measure.ts';
import type { RetainedRun } from '#store/runs/retained-run.ts';
import { useApp } from '../store-context.ts';

/** Undefined before images are loaded. */
export const useMeasure = (): Measure | undefined => {
  const loaded = useApp((state) => state.dataset.loaded);
  const config = useApp((state) => state.run.config);
  return useMemo(() => presentMeasure({ dataset: { loaded }, run: { config } }), [loaded, config]);
};

/** The measure of a run itself: for lists before images are loaded. */
export const ownMeasure = (run: RetainedRun): Measure => ({
  images: imagesOfRun(run),
  settings: evaluationSettingsOf(run.history.evaluations.at(-1) ?? run.config),
});
