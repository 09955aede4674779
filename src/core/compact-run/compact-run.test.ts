import { describe, expect, it } from 'vitest';
import type { ResidualStatistics } from '../calibration/residual-statistics.ts';
import { triangleIndex } from '../calibration/residual-statistics.ts';
import { crc32 } from '../crc32.ts';
import type { ExportedRun } from '../exported-run.ts';
import { readPastFile, writePastFile } from '../past-epochs/past-file.ts';
import { createRng } from '../rng.ts';
import { ByteReader, ByteWriter } from './byte-streams.ts';
import { readPixels, writePixels } from './compact-pixels.ts';
import { type CompactChoice, readCompactRuns, writeCompactRuns } from './compact-run.ts';
import { readLevels, statisticsOf, writeStatistics } from './compact-statistics.ts';
import { readWeights, writeWeights } from './compact-weights.ts';
import { BitContexts, RangeDecoder, RangeEncoder } from './range-coder.ts';

const rng = createRng(5, 'compact runs');
const normals = (length: number, scale = 1): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length }, () => scale * rng.normal());
const uniform16 = (length: number): Uint16Array =>
  Uint16Array.from({ length }, () => Math.floor(65_536 * rng.uniform()));

/** Writes with a new coder, and returns a function that reads with another. */
const coded = <Written>(write: (encoder: RangeEncoder, exact: ByteWriter) => Written) => {
  const encoder = new RangeEncoder();
  const exact = new ByteWriter();
  const written = write(encoder, exact);
  const bytes = encoder.finish();
  return {
    written,
    length: bytes.length,
    read: <Read>(read: (decoder: RangeDecoder, exact: ByteReader) => Read): Read =>
      read(new RangeDecoder(bytes), new ByteReader(exact.joined())),
  };
};

describe('the range coder', () => {
  it('returns the bits of many contexts, and needs few bytes for likely ones', () => {
    const bits = Array.from({ length: 20_000 }, (_, i) => (rng.uniform() < (i % 3) / 100 ? 1 : 0));
    const { read, length } = coded((encoder) => {
      const contexts = new BitContexts(3);
      bits.forEach((bit, i) => {
        encoder.bit(contexts, i % 3, bit);
      });
    });
    // By the entropy, 0, 0.08 and 0.14 bits each are 184 bytes.
    expect(length).toBeLessThan(240);
    expect(
      read((decoder) => {
        const contexts = new BitContexts(3);
        return bits.map((_, i) => decoder.bit(contexts, i % 3));
      }),
    ).toEqual(bits);
  });

  it('carries into bytes that it has already prepared', () => {
    // Unlikely bits after likely ones push the lower end up to a carry.
    const bits = Array.from({ length: 60_000 }, (_, i) => (i % 7 === 6 || i % 1000 < 3 ? 1 : 0));
    const { read } = coded((encoder) => {
      const contexts = new BitContexts(1);
      for (const bit of bits) encoder.bit(contexts, 0, bit);
    });
    const contexts = new BitContexts(1);
    expect(read((decoder) => bits.map(() => decoder.bit(contexts, 0)))).toEqual(bits);
  });

  it('is refused if it is cut off', () => {
    expect(() => new RangeDecoder(new Uint8Array(4))).toThrow('cut off');
    const decoder = new RangeDecoder(new Uint8Array(6).fill(255));
    const contexts = new BitContexts(1);
    expect(() => {
      for (let i = 0; i < 1000; i++) decoder.bit(contexts, 0);
    }).toThrow('cut off');
  });
});

describe('compact weights', () => {
  it('keep small tensors exactly, and large ones within half of a step of their own', () => {
    const shapes = [[3], [2, 32, 32], [1023], [1500]];
    const weights = Float32Array.of(
      ...normals(3),
      ...normals(2048, 1e-3),
      ...normals(1023),
      ...normals(1500, 50),
    );
    weights[100] = 0.9;
    const { written, read } = coded((encoder, exact) => writeWeights(encoder, exact, weights, shapes, 32));
    const { steps, rounded } = written;
    const found = read((decoder, exact) => readWeights(decoder, exact, shapes, steps));
    expect(found).toEqual(rounded);
    expect(found.slice(0, 3)).toEqual(weights.slice(0, 3));
    expect(found.slice(2051, 3074)).toEqual(weights.slice(2051, 3074));
    const within = (begin: number, end: number, step: number): void => {
      for (let i = begin; i < end; i++)
        expect(Math.abs(found[i] - weights[i])).toBeLessThanOrEqual(
          0.5 * step * (1 + 1e-6) + 1e-7 * Math.abs(weights[i]),
        );
    };
    within(3, 2051, steps[0]);
    within(3074, 4574, steps[1]);
    expect(steps[1]).toBeCloseTo(50 / 32, 0);
  });

  it('need about the bits of their distribution', () => {
    const { length } = coded((encoder, exact) =>
      writeWeights(encoder, exact, normals(50_000), [[50_000]], 32),
    );
    // A normal distribution in steps of 1/32 of its deviation has log2(32 sqrt(2 pi e)) = 7.05 bits.
    expect((8 * length) / 50_000 / 7.05).toBeLessThan(1.03);
  });

  it('of a tensor of zeros stay zeros', () => {
    const { written, read } = coded((encoder, exact) =>
      writeWeights(encoder, exact, new Float32Array(2000), [[2000]], 32),
    );
    const found = read((decoder, exact) => readWeights(decoder, exact, [[2000]], written.steps));
    expect(found.every((value) => value === 0)).toBe(true);
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
    const of = (own: number) => ({ levels: own, side });
    const { written, read } = coded((encoder, exact) =>
      writePixels(encoder, exact, second, writePixels(encoder, exact, first, undefined, of(127)), of(levels)),
    );
    const found = read((decoder, exact) =>
      readPixels(decoder, exact, 2, readPixels(decoder, exact, 2, undefined, of(127)), of(levels)),
    );
    expect(found).toEqual(written);
    for (const [i, value] of found.entries())
      expect(Math.abs(value - second[i])).toBeLessThanOrEqual(65_535 / levels / 2 + 1);
  });

  it('need few bytes if they are a linear function of what is known', () => {
    const side = 16;
    const first = uniform16(4 * side * side * 3);
    // A gray image that is brighter than the one before.
    const gray = first.map((_, i) => 8000 + first[i - (i % 3)] / 2);
    const { length } = coded((encoder, exact) => {
      writePixels(encoder, exact, gray, first, { levels: 127, side });
    });
    const alone = coded((encoder, exact) => {
      writePixels(encoder, exact, first, undefined, { levels: 127, side });
    }).length;
    expect(length).toBeLessThan(0.3 * alone);
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
    const { mean: _mean, covariance: _covariance, ...header } = whole;
    const earlier = statistics(area);
    const { read: readCoded } = coded((encoder, exact) => {
      writeStatistics(encoder, exact, whole, writeStatistics(encoder, exact, earlier, undefined));
    });
    const levels = readCoded((decoder, exact) => {
      const before = readLevels(decoder, exact, header, 8, undefined);
      return readLevels(decoder, exact, header, 8, before);
    });
    const read = statisticsOf(levels, header);
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
  const model = {
    a: 1,
    userDefinedMetadata: { b: 2, residua: { c: 3, weightsCrc32: 4 } },
    weightsManifest: [{ weights: [{ shape: [5] }, { shape: [3, 3, 16, 16] }] }],
  };
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
      const residua = { c: 3, weightsCrc32: crc32(new Uint8Array(weights)) };
      expect(JSON.parse(modelJson)).toEqual({ ...model, userDefinedMetadata: { b: 2, residua } });
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
