/** The references, which need no network, as lines across a chart over the epochs. */
import type { ReferenceEvaluations } from '#core/baselines/reference-evaluation.ts';
import type { CurveStyle } from '../../plot/curve-style.ts';
import type { Curve, NamedCurve } from '../../plot/curves.ts';
import { baselineLabels } from '../../shared/labels.ts';

const referenceStyles = {
  'mean-image': { color: 'var(--ink-quiet)', dash: '1.5 3' },
  'variation-model': { color: 'var(--ink)', dash: '9 3 1.5 3' },
} as const satisfies Readonly<Record<string, CurveStyle>>;

/**
 * A level line for each reference with an AUROC. It has a point wherever a curve has one: each row of the table has its value.
 * @param curves of the runs
 * @param ends of the abscissa, where each line also has a point, so it crosses the chart
 */
export const referenceCurves = (
  references: ReferenceEvaluations | undefined,
  curves: readonly Curve[],
  ends: readonly number[],
): readonly NamedCurve[] => {
  if (!references?.defined) return [];
  const places = new Set([...ends, ...curves.flatMap(({ points }) => points.map(({ x }) => x))]);
  const xs = [...places].sort((a, b) => a - b);
  return ([references.meanImage, references.variationModel] as const).flatMap(({ name, imageAuroc }) =>
    imageAuroc.defined
      ? [
          {
            key: name,
            name: baselineLabels[name],
            style: referenceStyles[name],
            points: xs.map((x) => ({ x, y: imageAuroc.value })),
          },
        ]
      : [],
  );
};
