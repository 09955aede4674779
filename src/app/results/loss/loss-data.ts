/** The losses of runs as a table: every step, as they are and smoothed. */
import { hasObjectives, type StepRecord } from '#core/history.ts';
import type { ChartCell, ChartData } from '../../plot/frame/chart-data.ts';
import { smoothedLosses } from './loss-series.ts';

interface RunLosses {
  readonly key: string;
  readonly name: string;
  readonly steps: readonly StepRecord[];
}

/** A row for each step that one of the runs has; the losses are not divided by anything. */
export const lossData = (runs: readonly RunLosses[], smoothing: number): ChartData => {
  const rows = new Map<number, Record<string, ChartCell>>();
  for (const { key, steps } of runs) {
    const smoothed = smoothedLosses(steps, smoothing);
    steps.forEach(({ step, epoch, loss, objective = loss }, i) => {
      const row = rows.get(step) ?? { step };
      row[`${key} epoch`] = epoch;
      row[`${key} loss`] = loss;
      row[`${key} smoothed`] = smoothed[i];
      row[`${key} objective`] = objective;
      rows.set(step, row);
    });
  }
  const alone = runs.length === 1;
  return {
    columns: [
      { key: 'step', label: 'step' },
      ...runs.flatMap(({ key, name, steps }) => [
        { key: `${key} epoch`, label: alone ? 'epoch' : `epoch, ${name}` },
        { key: `${key} loss`, label: `loss, ${name}` },
        { key: `${key} smoothed`, label: `smoothed ${smoothing}, ${name}` },
        ...(hasObjectives(steps) ? [{ key: `${key} objective`, label: `minimised loss, ${name}` }] : []),
      ]),
    ],
    rows: [...rows.values()].sort((one, other) => Number(one['step']) - Number(other['step'])),
  };
};
