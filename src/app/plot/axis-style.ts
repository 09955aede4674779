/** How all charts draw their axes and grids. */

export const axisStyle = {
  stroke: 'var(--line)',
  tickLine: false,
  tick: { fontSize: 10, fill: 'var(--ink-quiet)' },
} as const;

export const gridStyle = { stroke: 'var(--line)', strokeDasharray: '0', vertical: false } as const;

/** Room for the labels at the left end and below. */
export const chartMargin = { top: 8, right: 8, bottom: 0, left: 0 } as const;

/** The text beside a mark. */
export const markLabelStyle = { fontSize: 10, fill: 'var(--ink-quiet)' } as const;
