/** Properties of every loss and weight: value and gradient match float64, no NaN, no leaked tensor. */
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { compositeShares } from '#core/config.ts';
import { frequencyWeight } from '#core/frequency-weight/frequency-weight.ts';
import { presets } from '#core/presets.ts';
import { fft2 } from '#core/spectrum/fft.ts';
import { focalWeights, referenceFocal } from '#engine/ops/focal-frequency/focal-reference.ts';
import { referenceSsim } from '#engine/ops/ssim/ssim-reference.ts';
import { referenceWfdl } from '#engine/ops/wfdl/wfdl-reference.ts';
import { describeBackends } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { createLoss, type LossConfig } from './create-loss.ts';

const side = 16;
const shape = [2, side, side, 3] as const;
const count = 2 * side * side * 3;
const [x, y, other] = [1, 2, 3].map((series) => hashValues(count, series, 0, 1)) as [
  Float32Array,
  Float32Array,
  Float32Array,
];

const config = (change: Partial<LossConfig>): LossConfig => ({ ...presets.recommended, ...change });

const noShares = Object.fromEntries(Object.values(compositeShares).map((name) => [name, 0]));

/** Mean of |F| over the images and channels of all batches. */
const meanSpectrum = (...batches: readonly Float32Array[]): Float64Array => {
  const planes = batches.flatMap((values) =>
    Array.from({ length: 6 }, (_, plane) => {
      const start = Math.floor(plane / 3) * side * side * 3 + (plane % 3);
      return fft2(
        Float64Array.from({ length: side * side }, (_, i) => values[start + 3 * i]),
        side,
        side,
      );
    }),
  );
  return Float64Array.from(
    { length: side * side },
    (_, i) =>
      planes.reduce((sum, { real, imaginary }) => sum + Math.hypot(real[i], imaginary[i]), 0) / planes.length,
  );
};

type Reference = (values: Float64Array) => number;

const l2: Reference = (values) =>
  values.reduce((sum, value, i) => sum + (value - x[i]) ** 2, 0) / values.length;

const ssim =
  (options: Parameters<typeof referenceSsim>[3]): Reference =>
  (values) =>
    referenceSsim(x, values, shape, options).loss;

const wfdl = (settings: LossConfig, mean?: Float64Array): Reference => {
  const weight = frequencyWeight(settings, side, side, mean);
  return (values) => referenceWfdl(x, values, weight, shape).loss;
};

const frequency = wfdl(config({ weight: 'uniform', dcWeight: 1 }));

const focal = (alpha: number): Reference => {
  const weights = focalWeights(x, y, alpha, shape);
  return (values) => referenceFocal(x, values, weights, shape).loss;
};

const ssimOptions = { window: 5, sigma: 0.8, k1: 0.05, k2: 0.1 };
const curve = config({ loss: 'wfdl', weight: 'curve', weightCurve: '0:2,0.3:0.5,1:4', dcWeight: 0.5 });
const power = config({ loss: 'wfdl', weight: 'power', weightPower: 1.7 });
const fromBatch = config({ loss: 'wfdl', weight: 'adaptive-batch', weightGamma: 1.3, weightEpsilon: 0.01 });
const fromDataset = config({ loss: 'wfdl', weight: 'adaptive-dataset', weightGamma: 0.7 });

const cases: Readonly<Record<string, readonly [LossConfig, Reference]>> = {
  l2: [config({ loss: 'l2' }), l2],
  ssim: [config({ loss: 'ssim' }), ssim({})],
  'ssim, other settings': [
    config({ loss: 'ssim', ssimWindow: 5, ssimSigma: 0.8, ssimK1: 0.05, ssimK2: 0.1 }),
    ssim(ssimOptions),
  ],
  'frequency, with any weight': [config({ loss: 'frequency', weight: 'power', dcWeight: 0 }), frequency],
  'wfdl, radial': [config({ loss: 'wfdl' }), wfdl(config({}))],
  'wfdl, power': [power, wfdl(power)],
  'wfdl, curve': [curve, wfdl(curve)],
  'wfdl, adaptive-batch': [fromBatch, wfdl(fromBatch, meanSpectrum(x))],
  'wfdl, adaptive-dataset': [fromDataset, wfdl(fromDataset, meanSpectrum(x, other))],
  'focal-frequency': [config({ loss: 'focal-frequency', focalAlpha: 2 }), focal(2)],
  'composite of one': [
    config({ ...noShares, loss: 'composite', compositeFrequency: 0.5 }),
    (v) => 0.5 * frequency(v),
  ],
  'composite of all': [
    {
      ...fromBatch,
      loss: 'composite',
      compositeL2: 3,
      compositeSsim: 0.25,
      compositeFrequency: 0.01,
      compositeWfdl: 0.002,
      compositeFocalFrequency: 2,
    },
    (values) =>
      3 * l2(values) +
      0.25 * ssim({})(values) +
      0.01 * frequency(values) +
      0.002 * wfdl(fromBatch, meanSpectrum(x))(values) +
      2 * focal(fromBatch.focalAlpha)(values),
  ],
};

const images = (values: Float32Array): tf.Tensor4D => tf.tensor4d(values, [...shape]);

function* trainingImages(): Generator<tf.Tensor4D> {
  for (const values of [x, other]) {
    const batch = images(values);
    yield batch;
    batch.dispose();
  }
}

/** Value and gradient at y, with a loss that is created and disposed. */
const measure = (settings: LossConfig, target: Float32Array, values: Float32Array) => {
  const { loss, dispose } = createLoss(settings, side, trainingImages);
  const measured = tf.tidy(() => {
    const t = images(target);
    return tf.valueAndGrad((v) => loss(t, v as tf.Tensor4D))(images(values));
  });
  dispose();
  return measured;
};

/**
 * The kernels' own tests bound their errors; this test distinguishes losses and weights. A few dozen roundings of 2^-24 stay
 * below 2^-15, a wrong weight does not.
 */
const tolerance = 2 ** -15;

describeBackends('every loss', (backend) => {
  for (const [name, [settings, reference]] of Object.entries(cases)) {
    it(`${name}: value and gradient match float64`, async () => {
      const { value, grad } = measure(settings, x, y);
      const exact = Float64Array.from(y);
      expect(Math.abs((await value.data())[0] / reference(exact) - 1)).toBeLessThan(tolerance);
      const gradient = await grad.data();
      const norm = Math.hypot(...gradient);
      const step = 1e-5;
      for (const index of [0, 301, 1000]) {
        const moved = (by: number) => reference(exact.with(index, exact[index] + by));
        const slope = (moved(step) - moved(-step)) / (2 * step);
        expect(Math.abs(gradient[index] - slope)).toBeLessThan(tolerance * norm);
      }
    });
  }

  it('is 0 with a finite gradient if the reconstruction equals the image', async () => {
    for (const [settings] of Object.values(cases)) {
      const { value, grad } = measure(settings, x, x);
      // SSIM of equal images is 1 up to the rounding of its moments.
      expect(Math.abs((await value.data())[0])).toBeLessThan(1e-5);
      expect((await grad.data()).every(Number.isFinite)).toBe(true);
    }
  });

  it('is finite if images are black', async () => {
    const black = new Float32Array(count);
    for (const settings of [fromBatch, { ...fromBatch, weightGamma: 2, weightEpsilon: 1e-6 }]) {
      const { value, grad } = measure(settings, black, y);
      expect(Number.isFinite((await value.data())[0])).toBe(true);
      expect((await grad.data()).every(Number.isFinite)).toBe(true);
    }
  });

  it('leaks no tensor once disposed', () => {
    for (const [settings] of Object.values(cases)) tf.dispose(measure(settings, x, y));
    const held = () => [tf.memory().numTensors, tf.memory().numDataBuffers];
    const before = held();
    for (const [settings] of Object.values(cases)) tf.dispose(measure(settings, x, y));
    expect(held()).toEqual(before);
  });

  it('retains its weight across scopes until it is disposed', async () => {
    for (const settings of [fromBatch, fromDataset, curve]) {
      const before = tf.memory().numTensors;
      tf.engine().startScope();
      const { loss, dispose } = createLoss(settings, side, trainingImages);
      tf.engine().endScope();
      const same = images(x);
      const value = loss(same, same);
      expect((await value.data())[0]).toBe(0);
      tf.dispose([same, value]);
      dispose();
      expect(tf.memory().numTensors).toBe(before);
    }
  });

  it(`reports on ${backend} what a loss lacks`, () => {
    expect(() => createLoss(fromDataset, side)).toThrow('adaptive-dataset got no training images');
    expect(() => createLoss(config({ ...noShares, loss: 'composite' }), side)).toThrow(
      'compositeFocalFrequency are all 0',
    );
  });
});
