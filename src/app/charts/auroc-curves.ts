/** Curves of image AUROCs. */
import type { Evaluation } from '#core/history.ts';
import type { CurvePoint } from './merge-curves.ts';

/** Of evaluations: undefined ones have no point. */
export const aurocPoints = (evaluations: readonly Evaluation[]): readonly CurvePoint[] =>
  evaluations.flatMap(({ epoch, imageAuroc }) =>
    imageAuroc.defined ? [{ x: epoch, y: imageAuroc.value }] : [],
  );

/** The first of the highest points. */
export const bestPoint = (points: readonly CurvePoint[]): CurvePoint | undefined =>
  points.reduce<CurvePoint | undefined>(
    (found, point) => (found && found.y >= point.y ? found : point),
    undefined,
  );
