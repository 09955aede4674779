/** A small checkpoint for tests. */
import type { Checkpoint } from '#core/checkpoint/checkpoint.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { presets } from '#core/presets.ts';

const weights = Float32Array.of(0.1, -2, 1e-20, 3.5, 1, 0);

/** A run of five images in batches of two, at step 4 of 9: in the middle of its second epoch. */
export const smallCheckpoint: Checkpoint = {
  createdAt: 1_800_000_000_000,
  config: { ...presets.recommended, side: 32, width: 0.25, batch: 2, epochs: 3, learningRate: 5e-4 },
  microBatch: 1,
  device: { backend: 'wasm', name: '2 threads', architecture: '' },
  categoryName: 'Flasche "ü"',
  images: {
    paths: ['train/good/000.png', 'train/good/001.png', 'test/dent/000.png'],
    checksums: [0, 0xffffffff, 305_419_896],
  },
  heldOut: [1],
  history: {
    steps: [1, 2, 3, 4].map((step) => ({
      step,
      epoch: Math.ceil(step / 3),
      loss: 1 / (3 * step),
      objective: Math.fround(1 / step),
    })),
    evaluations: [
      {
        epoch: 1,
        step: 3,
        scores: Float64Array.of(Math.PI, 1e-300, 0.1 + 0.2),
        imageAuroc: { defined: true, value: 2 / 3 },
        residualScale: 0.7,
        residualDcShare: 0.05,
        ...evaluationSettingsOf(presets.recommended),
        elapsedMs: 12.5,
      },
    ],
    spectra: [
      {
        epoch: 1,
        step: 3,
        power: Float32Array.of(0.12345678, 3.2e-9),
        inputPower: Float32Array.of(1 / 3, 1e-40),
      },
    ],
    changes: [{ step: 2, setting: 'learningRate', before: 1e-3, after: 5e-4 }],
  },
  values: {
    step: 4,
    weights,
    lastGood: { step: 3, weights: weights.map((value) => value / 3) },
    optimizer: { steps: 4, moments: Float32Array.of(1e-3, -1e-4, 0, 2, 1e-6, 1e-8, 0, 4) },
    order: { rng: [1, 0x80000000, 3, 0xffffffff], permutation: [3, 0, 4, 1, 2], position: 2 },
  },
  finished: false,
  evaluationOwed: true,
  past: Uint8Array.of(1, 2, 3, 4, 5).buffer,
};
