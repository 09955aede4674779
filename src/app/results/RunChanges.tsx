/** The changes of the present run's settings: marks in its charts, and the text below them. */
import { useMemo } from 'react';
import type { ChartMark } from '../plot/CurveChart.tsx';
import { type ChangesAtStep, changesByStep } from '../shared/run-changes.ts';
import { useApp } from '../shared/store-context.ts';

/** The changes of the present run, by step. */
const useRunChanges = (): readonly ChangesAtStep[] => {
  const changes = useApp((state) => state.run.history.changes);
  const stepsPerEpoch = useApp((state) => state.run.summary?.stepsPerEpoch ?? 1);
  return useMemo(() => changesByStep(changes, stepsPerEpoch), [changes, stepsPerEpoch]);
};

/** @param stepsPerUnit steps to one unit of the chart's abscissa */
export const useRunChangeMarks = (stepsPerUnit: number): readonly ChartMark[] => {
  const changes = useRunChanges();
  return useMemo(
    () =>
      changes.map(({ step, short }) => ({
        at: { x: step / stepsPerUnit },
        color: 'var(--ink-quiet)',
        label: short,
      })),
    [changes, stepsPerUnit],
  );
};

export const RunChangeNote = () => {
  const changes = useRunChanges();
  if (changes.length === 0) return null;
  return (
    <p className="chart-note number" data-testid="run-changes">
      Changed at {changes.map(({ text }) => text).join('; ')}.
    </p>
  );
};
