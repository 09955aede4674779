/** The AUROC curves of overlaid runs, by the measure of the page where a run has such evaluations. */
import type { Measure } from '#store/runs/measure.ts';
import type { NamedCurve } from '../../plot/curves.ts';
import { evaluationsAlike, measuredRun } from '../../shared/measure/measure-words.ts';
import { ownMeasure } from '../../shared/measure/use-measure.ts';
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
