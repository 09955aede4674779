/** The image AUROC of evaluations as points of a curve: undefined ones have none. */
import type { Evaluation } from '#core/history.ts';
import type { CurvePoint } from './merge-curves.ts';

export const aurocPoints = (evaluations: readonly Evaluation[]): readonly CurvePoint[] =>
  evaluations.flatMap(({ epoch, imageAuroc }) =>
    imageAuroc.defined ? [{ x: epoch, y: imageAuroc.value }] : [],
  );
