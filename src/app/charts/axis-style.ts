/** How all charts draw their axes and grids. */
import type { LossName } from '#core/config.ts';

export const axisStyle = {
  stroke: 'var(--line)',
  tickLine: false,
  tick: { fontSize: 10 },
} as const;

/** The whole axis of an AUROC. */
export const aurocAxis = {
  ...axisStyle,
  domain: [0, 1],
  ticks: [0, 0.25, 0.5, 0.75, 1],
  tickFormatter: (tick: number): string => tick.toFixed(2),
  width: 36,
};

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
