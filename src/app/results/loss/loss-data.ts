/** The losses of runs as a table: every step, raw and smoothed. */
import type { StepHistory } from '#core/step-history.ts';
import type { ChartCell, ChartData } from '../../plot/frame/chart-data.ts';
import { Smoother } from './loss-series.ts';

interface RunLosses {
  readonly key: string;
  readonly name: string;
  readonly steps: StepHistory;
}

/** A row for each step of any run; the losses are not divided. */
export const lossData = (runs: readonly RunLosses[], smoothing: number): ChartData => {
  const rows = new Map<number, Record<string, ChartCell>>();
  for (const { key, steps } of runs) {
    const smoother = new Smoother(smoothing);
    for (const { step, epoch, loss, objective = loss } of steps) {
      const row = rows.get(step) ?? { step };
      row[`${key} epoch`] = epoch;
      row[`${key} loss`] = loss;
      row[`${key} smoothed`] = smoother.next(loss);
      row[`${key} objective`] = objective;
      rows.set(step, row);
    }
  }
  const alone = runs.length === 1;
  return {
    columns: [
      { key: 'step', label: 'step' },
      ...runs.flatMap(({ key, name, steps }) => [
        { key: `${key} epoch`, label: alone ? 'epoch' : `epoch, ${name}` },
        { key: `${key} loss`, label: `loss, ${name}` },
        { key: `${key} smoothed`, label: `smoothed ${smoothing}, ${name}` },
        ...(steps.hasObjectives ? [{ key: `${key} objective`, label: `minimized loss, ${name}` }] : []),
      ]),
    ],
    rows: [...rows.values()].sort((one, other) => Number(one['step']) - Number(other['step'])),
  };
};
