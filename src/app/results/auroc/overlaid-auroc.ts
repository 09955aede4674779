/** The AUROC curves of overlaid runs, by the measure of the page where a run has such evaluations. */
import { isMadeWith } from '#core/scores/compare-scores.ts';
import type { Measure } from '#store/runs/measure.ts';
import type { NamedCurve } from '../../plot/curves.ts';
import { evaluationsAlike, measuredRun } from '../../shared/measure/measure-words.ts';
import { ownMeasure } from '../../shared/measure/use-measure.ts';
import type { RivalRun } from '../../shared/race/use-rival-runs.ts';
import { type OverlaidRun, withNotes } from '../../shared/use-overlaid.ts';
import { type AurocRun, aurocPoints } from './auroc-curves.ts';

/** A curve with its evaluations. Its name notes everything in which it differs from the measure. */
export type OverlaidAuroc = NamedCurve & AurocRun & { readonly comparable: boolean };

/**
 * Returns the curves in the order of the runs. A curve of another measure is faint.
 * @param measure undefined before images are loaded: the first run's own measure then counts
 */
export const overlaidAuroc = (
  overlaid: readonly OverlaidRun[],
  measure: Measure | undefined,
): readonly OverlaidAuroc[] => {
  const [first] = overlaid;
  if (!first) return [];
  const reference = measure ?? ownMeasure(first.run);
  return overlaid.map(({ run, style, stopped }) => {
    const measured = measuredRun(run, reference);
    const evaluations = evaluationsAlike(run, measured);
    return {
      key: run.id,
      name: withNotes(run.name, [...measured.notes, stopped]),
      style,
      faint: !measured.comparable,
      comparable: measured.comparable,
      points: aurocPoints(evaluations),
      evaluations,
      plannedEpochs: run.config.epochs,
    };
  });
};

/** Returns the curves of a race's rivals, which are evaluated together with the present run. */
export const rivalAuroc = (rivals: readonly RivalRun[]): readonly OverlaidAuroc[] =>
  rivals.map(({ run, style, name }) => {
    const latest = run.history.evaluations.at(-1);
    // Evaluations with another score do not belong to this curve.
    const evaluations = run.history.evaluations.filter(
      (evaluation) => latest !== undefined && isMadeWith(evaluation, latest),
    );
    return {
      key: run.id,
      name,
      style,
      comparable: true,
      points: aurocPoints(evaluations),
      evaluations,
      plannedEpochs: run.config.epochs,
    };
  });
