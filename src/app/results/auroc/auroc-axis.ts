/** The axis of AUROC curves: the whole range, or the range of the values, as the user chooses. */
import { useMemo } from 'react';
import type { AppState } from '#store/app-state.ts';
import type { ChartMark } from '../../plot/CurveChart.tsx';
import type { Curve } from '../../plot/curves.ts';
import type { ChartOption } from '../../plot/frame/ChartMenu.tsx';
import { type ChartAxis, linearAxis } from '../../plot/ticks.ts';
import { useActions, useApp } from '../../shared/store-context.ts';

const wholeAxis = {
  scale: 'linear',
  domain: [0, 1],
  ticks: [0, 0.25, 0.5, 0.75, 1],
} as const satisfies ChartAxis;

/** Room for the labels, in pixels. */
export const aurocLabelWidth = 34;

/** The AUROC of random scores. */
export const chanceMark: ChartMark = { at: { y: 0.5 }, color: 'var(--ink-quiet)' };

const choices = [
  { value: 'whole', label: '0 to 1' },
  { value: 'fit', label: 'Fit the curves' },
] as const;

const selectRange = (state: AppState) => state.view.aurocRange;

/** The axis in the chosen range, and the menu's choice of it. */
export const useAurocAxis = (curves: readonly Curve[]) => {
  const range = useApp(selectRange);
  const { view } = useActions();
  const option: ChartOption = {
    label: 'AUROC axis',
    value: range,
    choices,
    onChange: (chosen) => view.set({ aurocRange: chosen === 'fit' ? 'fit' : 'whole' }),
  };
  const axis = useMemo((): ChartAxis => {
    const values = curves.flatMap(({ points }) => points.map(({ y }) => y));
    if (range === 'whole' || values.length === 0) return wholeAxis;
    return { ...linearAxis(values, [0, 1]), scale: 'linear' };
  }, [range, curves]);
  return { axis, option };
};
