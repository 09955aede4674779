import { describe, expect, it } from 'vitest';
import type { ResidualStatistics } from '../calibration/residual-statistics.ts';
import { triangleIndex } from '../calibration/residual-statistics.ts';
import type { ExportedRun } from '../exported-run.ts';
import { readPastFile, writePastFile } from '../past-epochs/past-file.ts';
import { createRng } from '../rng.ts';
import { ByteReader, ByteWriter } from './byte-streams.ts';
import { packChange, unpackChange } from './compact-pixels.ts';
import { type CompactChoice, readCompactRuns, writeCompactRuns } from './compact-run.ts';
import { readStatistics, writeStatistics } from './compact-statistics.ts';
import { readWeights, writeWeights } from './compact-weights.ts';

const rng = createRng(5, 'compact runs');
const normals = (length: number, scale = 1): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length }, () => scale * rng.normal());
const uniform16 = (length: number): Uint16Array =>
  Uint16Array.from({ length }, () => Math.floor(65_536 * rng.uniform()));

describe('compact weights', () => {
  it('keep small tensors exactly, and large ones within half of a step of their own', () => {
    const sizes = [3, 2048, 1023, 1500];
    const weights = Float32Array.of(
      ...normals(3),
      ...normals(2048, 1e-3),
      ...normals(1023),
      ...normals(1500, 50),
    );
    // An outlier needs more than one byte.
    weights[100] = 0.9;
    const writer = new ByteWriter();
    const steps = writeWeights(writer, weights, sizes, 32);
    const read = readWeights(new ByteReader(writer.joined()), sizes, steps);
    expect(read.slice(0, 3)).toEqual(weights.slice(0, 3));
    expect(read.slice(2051, 3074)).toEqual(weights.slice(2051, 3074));
    const within = (begin: number, end: number, step: number): void => {
      for (let i = begin; i < end; i++)
        expect(Math.abs(read[i] - weights[i])).toBeLessThanOrEqual(
          0.5 * step * (1 + 1e-6) + 1e-7 * Math.abs(weights[i]),
        );
    };
    within(3, 2051, steps[0]);
    within(3074, 4574, steps[1]);
    expect(steps[1]).toBeCloseTo(50 / 32, 0);
  });

  it('of a tensor of zeros stay zeros', () => {
    const writer = new ByteWriter();
    const steps = writeWeights(writer, new Float32Array(2000), [2000], 32);
    expect(readWeights(new ByteReader(writer.joined()), [2000], steps).every((value) => value === 0)).toBe(
      true,
    );
  });
});

describe('compact reconstructions', () => {
  it.each([255, 127, 63, 1])('of %i levels are within half of a level, whatever came before', (levels) => {
    const side = 5;
    const first = uniform16(2 * side * side * 3);
    const second = uniform16(first.length);
    // Black and white are extremes of the prediction's error.
    second.fill(0, 0, 20);
    second.fill(65_535, 20, 40);
    const before = unpackChange(packChange(first, undefined, 127, side), undefined, 127, side);
    const read = unpackChange(packChange(second, before, levels, side), before, levels, side);
    for (const [i, value] of read.entries())
      expect(Math.abs(value - second[i])).toBeLessThanOrEqual(65_535 / levels / 2 + 1);
  });
});

/** Statistics of three channels in two bands, with strong covariance of the channels. */
const statistics = (area: number): ResidualStatistics => {
  const components = 6;
  const samples = Array.from({ length: 20 }, () => {
    const shared = normals(2 * area, 0.05);
    return Array.from({ length: components }, (_, i) =>
      normals(area, 0.02).map((value, pixel) => value + shared[(i % 2) * area + pixel] + 0.01),
    );
  });
  const mean = Array.from({ length: components }, (_, i) =>
    Float32Array.from({ length: area }, (_, p) => samples.reduce((sum, one) => sum + one[i][p], 0) / 20),
  );
  const covariance: Float32Array[] = [];
  for (let i = 0; i < components; i++)
    for (let j = 0; j <= i; j++)
      covariance.push(
        Float32Array.from(
          { length: area },
          (_, p) =>
            samples.reduce((sum, one) => sum + (one[i][p] - mean[i][p]) * (one[j][p] - mean[j][p]), 0) / 20,
        ),
      );
  return {
    settings: { bandLow: 0.5, bandHigh: 22, calibrationBands: 'on' },
    images: 20,
    mean,
    covariance,
    pooledMean: new Float64Array(components),
    pooledCovariance: new Float64Array(21),
  };
};

describe('compact statistics', () => {
  it('keep the means, variances and covariances within a band, and drop those between bands', () => {
    const area = 64;
    const whole = statistics(area);
    const writer = new ByteWriter();
    writeStatistics(writer, whole);
    const { mean: _mean, covariance: _covariance, ...header } = whole;
    const read = readStatistics(new ByteReader(writer.joined()), header, area);
    for (let i = 0; i < 6; i++) {
      for (let j = 0; j <= i; j++) {
        const at = triangleIndex(i, j);
        for (let pixel = 0; pixel < area; pixel++) {
          const deviations = Math.sqrt(
            whole.covariance[triangleIndex(i, i)][pixel] * whole.covariance[triangleIndex(j, j)][pixel],
          );
          const expected = i % 2 === j % 2 ? whole.covariance[at][pixel] : 0;
          expect(Math.abs(read.covariance[at][pixel] - expected)).toBeLessThan(0.12 * deviations);
        }
      }
      for (let pixel = 0; pixel < area; pixel++) {
        const deviation = Math.sqrt(whole.covariance[triangleIndex(i, i)][pixel]);
        expect(Math.abs(read.mean[i][pixel] - whole.mean[i][pixel])).toBeLessThan(0.1 * deviation);
      }
    }
  });
});

describe('compact runs', () => {
  const side = 4;
  const past = writePastFile({
    side,
    run: '3-01234567',
    images: { paths: ['a', 'b'], means: [1, 2.5] },
    evaluations: [1, 2, 3].map((epoch) => ({
      epoch,
      step: 10 * epoch,
      pixels: uniform16(2 * side * side * 3),
      statistics: epoch === 2 ? statistics(side * side) : undefined,
    })),
  });
  const model = { a: 1, weightsManifest: [{ weights: [{ shape: [5] }, { shape: [3, 3, 16, 16] }] }] };
  const run = (): ExportedRun => ({
    modelJson: JSON.stringify(model),
    weights: normals(5 + 2304).buffer,
    past,
  });
  const choice: CompactChoice = {
    weightSteps: 32,
    epochs: [
      { epoch: 1, levels: 63 },
      { epoch: 2, levels: 255 },
    ],
  };

  it('are read as runs with the chosen past epochs', () => {
    const runs = [run(), run()];
    const read = readCompactRuns(writeCompactRuns(runs, choice));
    expect(read).toHaveLength(2);
    for (const [i, { modelJson, weights, past: bytes }] of read.entries()) {
      expect(JSON.parse(modelJson)).toEqual(model);
      expect(weights.byteLength).toBe(runs[i].weights.byteLength);
      const { evaluations, ...rest } = readPastFile(bytes!);
      const { evaluations: all, ...expected } = readPastFile(past);
      expect(rest).toEqual(expected);
      expect(evaluations.map(({ epoch, step }) => [epoch, step])).toEqual([
        [1, 10],
        [2, 20],
      ]);
      expect(evaluations[1].statistics?.settings).toEqual(all[1].statistics?.settings);
      expect(evaluations[1].pixels.every((value, at) => Math.abs(value - all[1].pixels[at]) <= 130)).toBe(
        true,
      );
    }
  });

  it('are the same after they are compacted twice', () => {
    const once = readCompactRuns(writeCompactRuns([run()], choice));
    const [again] = readCompactRuns(writeCompactRuns(once, choice));
    expect(readPastFile(again.past!).evaluations.map(({ pixels }) => pixels)).toEqual(
      readPastFile(once[0].past!).evaluations.map(({ pixels }) => pixels),
    );
  });

  it('are refused without a chosen epoch, and if they are cut off', () => {
    const missing = { ...choice, epochs: [{ epoch: 7, levels: 63 }] };
    expect(() => writeCompactRuns([run()], missing)).toThrow('no evaluation at epoch 7');
    const bytes = writeCompactRuns([run()], choice);
    expect(() => readCompactRuns(bytes.subarray(0, -1))).toThrow(RangeError);
  });
});
