/** How all charts draw their axes and grids. */
import type { LossName } from '#core/config.ts';
import type { ChartAxis, ChartMark } from './CurveChart.tsx';
import type { Curve } from './curves.ts';
import { linearAxis } from './ticks.ts';

export const axisStyle = {
  stroke: 'var(--line)',
  tickLine: false,
  tick: { fontSize: 10 },
} as const;

/** The whole axis of an AUROC. */
export const aurocAxis = {
  scale: 'linear',
  domain: [0, 1],
  ticks: [0, 0.25, 0.5, 0.75, 1],
} as const satisfies ChartAxis;

/** The axis of AUROCs: whole, or with these values from end to end. */
export const aurocAxisOf = (range: 'whole' | 'fit', curves: readonly Curve[]): ChartAxis => {
  const values = curves.flatMap(({ points }) => points.map(({ y }) => y));
  if (range === 'whole' || values.length === 0) return aurocAxis;
  return { ...linearAxis(values, [0, 1]), scale: 'linear' };
};

/** Room for the labels of an AUROC axis, in pixels. */
export const aurocLabelWidth = 34;

/** Of a score that tells nothing apart. */
export const chanceMark: ChartMark = { at: { y: 0.5 }, colour: 'var(--ink-quiet)' };

export const gridStyle = { stroke: 'var(--line)', strokeDasharray: '0', vertical: false } as const;

/** Room for the labels at the left end and below. */
export const chartMargin = { top: 8, right: 8, bottom: 0, left: 0 } as const;

export const lossColours: Readonly<Record<LossName, string>> = {
  l2: 'var(--loss-l2)',
  ssim: 'var(--loss-ssim)',
  frequency: 'var(--loss-frequency)',
  wfdl: 'var(--loss-wfdl)',
  'focal-frequency': 'var(--loss-focal-frequency)',
  composite: 'var(--loss-composite)',
};
