/** Curves of image AUROCs. */

import { type EpochChoice, epochChoiceOf } from '#core/epoch-choice.ts';
import type { Evaluation } from '#core/history.ts';
import { isMadeWith } from '#core/scores/compare-scores.ts';
import { unbroken } from '../../plot/curve-style.ts';
import type { CurvePoint, NamedCurve } from '../../plot/curves.ts';
import type { ChartData } from '../../plot/frame/chart-data.ts';
import { scoreInWords } from '../../shared/labels.ts';
import { formatCount } from '../../ui/format.ts';

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

/** A run's curve with the evaluations that its epochs are chosen by. */
export interface AurocRun {
  readonly key: string;
  readonly name: string;
  readonly evaluations: readonly Evaluation[];
  readonly plannedEpochs: number;
}

/** Adds a column for each run: how the epoch of each AUROC was chosen. */
export const withEpochChoices = ({ columns, rows }: ChartData, runs: readonly AurocRun[]): ChartData => {
  const choices = runs.map(({ key, evaluations, plannedEpochs }) => ({
    key: `${key} choice`,
    byEpoch: new Map<number, EpochChoice>(
      evaluations.map((evaluation) => [
        evaluation.epoch,
        epochChoiceOf(evaluation, evaluations, plannedEpochs),
      ]),
    ),
    curve: key,
  }));
  return {
    columns: [
      ...columns,
      ...runs.map(({ key, name }) => ({ key: `${key} choice`, label: `epoch choice, ${name}` })),
    ],
    rows: rows.map((row) => ({
      ...row,
      ...Object.fromEntries(
        choices.flatMap(({ key, curve, byEpoch }) => {
          const epoch = row['x'];
          return row[curve] === undefined || typeof epoch !== 'number' ? [] : [[key, byEpoch.get(epoch)]];
        }),
      ),
    })),
  };
};

/** The part of the curve by the previous score, gray, until those epochs are scored by the present one; empty if none is left. */
export const otherScoreCurve = (evaluations: readonly Evaluation[]): readonly NamedCurve[] => {
  const latest = evaluations.at(-1);
  const previous = latest && evaluations.findLast((evaluation) => !isMadeWith(evaluation, latest));
  if (!latest || !previous) return [];
  const others = evaluations.filter((evaluation) => !isMadeWith(evaluation, latest)).length;
  return [
    {
      key: 'other-score',
      name: `${formatCount(others, 'epoch')} by ${scoreInWords(previous)}, not rescored yet`,
      style: { color: 'var(--line-strong)', dash: unbroken },
      points: aurocPoints(evaluations.filter((evaluation) => isMadeWith(evaluation, previous))),
    },
  ];
};
