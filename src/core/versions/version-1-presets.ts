/** The presets of version 1, for links without a version. They are copies: the current presets may change. */
import type { PresetName } from '../presets.ts';

const paper = {
  loss: 'wfdl',
  ssimWindow: 11,
  ssimSigma: 1.5,
  ssimK1: 0.01,
  ssimK2: 0.03,
  focalAlpha: 1,
  compositeL2: 1,
  compositeSsim: 0,
  compositeFrequency: 0,
  compositeWfdl: 0,
  compositeFocalFrequency: 1,
  weight: 'radial',
  weightPower: 1,
  weightGamma: 1,
  weightEpsilon: 1e-3,
  weightCurve: '0:0,0.5:0.5,1:1',
  dcWeight: 0,
  side: 256,
  width: 1,
  batch: 64,
  epochs: 2000,
  learningRate: 1e-3,
  weightDecay: 1e-4,
  seed: 0,
  evaluateEvery: 10,
  batchNorm: 'running',
  score: 'sum',
  bandLow: 0,
  bandHigh: 400,
  blurSigma: 4,
  topPercent: 1,
  memoryBudgetMB: 4000,
  microBatch: 0,
} as const;

const recommended = { ...paper, dcWeight: 1, batchNorm: 'recalibrated', bandLow: 0.5 } as const;

/** All settings of version 1, by preset. `migrateSettings` adds the later ones. */
export const version1Presets = {
  quickLook: {
    ...recommended,
    side: 64,
    width: 0.25,
    batch: 8,
    epochs: 150,
    learningRate: 3e-3,
    evaluateEvery: 2,
  },
  recommended,
  paper,
} as const satisfies Readonly<Record<PresetName, object>>;
