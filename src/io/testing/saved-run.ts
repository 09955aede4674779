/** A run with every kind of value that a file has to restore, at side 32 and width 0.25. */
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { presets } from '#core/presets.ts';
import { goldenWeights } from '#testing/golden-model.ts';
import type { SavedRun } from '../run-files.ts';

export const savedRun: SavedRun = {
  config: { ...presets.quickLook, side: 32, width: 0.25, seed: 7 },
  categoryName: 'bottle "1"',
  history: {
    steps: [
      { step: 1, epoch: 1, loss: 0.1 },
      { step: 2, epoch: 1, loss: 1 / 3 },
    ],
    evaluations: [
      {
        epoch: 1,
        step: 2,
        scores: Float64Array.of(Math.PI, 1e-300, 0.1 + 0.2, 123456789.1234567),
        imageAuroc: { defined: true, value: 2 / 3 },
        residualScale: 0.7,
        residualDcShare: 0.05,
        ...evaluationSettingsOf(presets.recommended),
        elapsedMs: 12.5,
      },
      {
        epoch: 2,
        step: 4,
        scores: new Float64Array(),
        imageAuroc: { defined: false, reason: 'one class only' },
        residualScale: 0,
        residualDcShare: 0,
        ...evaluationSettingsOf(presets.paper),
        elapsedMs: 0,
      },
    ],
    spectra: [
      { epoch: 1, step: 2, power: Float32Array.of(0.12345, 3.2e-9), inputPower: Float32Array.of(0.5, 1e-6) },
      { epoch: 2, step: 4, power: Float32Array.of(0, 1e-12), inputPower: Float32Array.of(0.5, 1e-6) },
    ],
  },
  threshold: {
    threshold: 3,
    policy: 'good-quantile',
    quantile: 0.95,
    fittedOn: 'held-out images',
    images: 4,
  },
  weights: goldenWeights(32, 0.25),
};
