import { describe, expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { StepHistory } from '#core/step-history.ts';
import type { RetainedRun } from '#store/runs/retained-run.ts';
import { fakeEvaluation } from '#store/testing/fake-clients.ts';
import { fakeRun } from '#store/testing/fake-run.ts';
import { runsCsv, runsHeader, runsRows } from './runs-csv.ts';

const bare = fakeRun({
  id: 'a',
  name: 'WFDL 1',
  createdAt: Date.UTC(2026, 0, 2, 3, 4, 5),
  config: { ...presets.quickLook, learningRate: 0.1 + 0.2, weightCurve: '0:0,1:1' },
});
const trained: RetainedRun = {
  ...bare,
  note: 'the "paper", again',
  device: 'WebGPU',
  trainMs: 1500,
  summary: { ...bare.summary, stepsPerEpoch: 10 },
  history: {
    ...bare.history,
    steps: StepHistory.of([{ step: 40, epoch: 4, loss: 1 }]),
    evaluations: [{ ...fakeEvaluation(3, []), imageAuroc: { defined: true, value: 1 / 3 } }],
  },
};

/** The cells of a run by their column. */
const cellsOf = (run: RetainedRun) =>
  Object.fromEntries((runsRows([run])[0] ?? []).map((cell, column) => [runsHeader[column], cell]));

describe('the retained runs as CSV', () => {
  it('hold every setting under its own name', () => {
    expect(cellsOf(bare)).toMatchObject(bare.config);
    expect(new Set(runsHeader).size).toBe(runsHeader.length);
  });

  it('have the results of a run in full precision', () => {
    expect(cellsOf(trained)).toMatchObject({
      ...{ name: 'WFDL 1', category: 'bolt', imageAuroc: 1 / 3, aurocEpoch: 3 },
      ...{ epochsTrained: 4, stopped: true, steps: 40, trainingSeconds: 1.5, device: 'WebGPU' },
      keptAt: '2026-01-02T03:04:05.000Z',
    });
  });

  it('have the latest rescored figure with its score and images', () => {
    const evaluation = { ...fakeEvaluation(3, [1, 2]), score: 'ssim' as const };
    const images = { category: 'screw', side: 32, fit: 'squeeze', testImages: 2 } as const;
    expect(cellsOf({ ...trained, rescored: [{ images, evaluation }] })).toMatchObject({
      ...{ evaluatedOn: 'bolt', rescoredAuroc: 1, rescoredOn: 'screw' },
      rescoredBy: expect.stringMatching(/^1 − SSIM.*BN /),
    });
  });

  it('leave undefined and unknown cells empty', () => {
    const unevaluated = cellsOf(bare);
    for (const name of ['imageAuroc', 'aurocEpoch', 'trainingSeconds', 'device'])
      expect(unevaluated[name]).toBeUndefined();
    const oneClass = fakeEvaluation(3, []);
    const run: RetainedRun = {
      ...bare,
      history: {
        ...bare.history,
        evaluations: [{ ...oneClass, imageAuroc: { defined: false, reason: 'one class' } }],
      },
    };
    expect(cellsOf(run)).toMatchObject({ imageAuroc: undefined, aurocEpoch: 3 });
  });

  it('quote notes and weight curves that hold commas', () => {
    const [, line] = runsCsv([trained]).split('\r\n');
    expect(line).toContain('"the ""paper"", again"');
    expect(line).toContain('"0:0,1:1"');
    expect(line).toContain('0.30000000000000004');
  });
});
