/** Rows of a comparison for tests. */
import { presets } from '#core/presets.ts';
import type { FilledRow } from './comparison-row.ts';

/** A row whose panels hold different numbers. */
export const testRow = (loss: FilledRow['loss'], change: Partial<FilledRow> = {}): FilledRow => {
  const side = 4;
  const map = (value: number): Float32Array => new Float32Array(side * side).fill(value);
  return {
    id: loss,
    label: `${loss} run`,
    loss,
    config: { ...presets.quickLook, loss },
    auroc: { defined: true, value: 0.9375 },
    aurocNotes: [],
    epochChoice: 'planned-end',
    stopped: undefined,
    paper: { differences: [], assumptions: [] },
    difference: undefined,
    problem: undefined,
    view: {
      index: 0,
      path: 'test/crack/007.png',
      side,
      input: new Float32Array(side * side * 3).fill(1),
      inputSpectrum: map(8),
      inputPower: Float32Array.of(1, 1, 1, 1),
      mask: undefined,
      output: {
        epoch: 150,
        step: 1200,
        reconstruction: new Float32Array(side * side * 3).fill(0.5),
        calibrated: false,
        residual: map(loss === 'l2' ? 0.5 : 2),
        reconstructionSpectrum: map(4),
        differenceSpectrum: map(1),
        residualPower: Float32Array.of(0.5, 0.1, 0.2, 0.3),
        score: 12.345,
        residualDcShare: 0.1,
      },
    },
    ...change,
  };
};
