import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptsOrRefuses, damaged } from '#testing/hostile-values.ts';
import { createRng } from '../rng.ts';
import type { PackedEvaluation, PastEpochs } from './past-epochs.ts';
import { readPastFile, writePastFile } from './past-file.ts';

const rng = createRng(3, 'past file');

/** An evaluation with random arrays; `components` 0 is one that was not calibrated. */
const evaluation = (step: number, values: number, area: number, components: number): PackedEvaluation => {
  const planes = (count: number) =>
    Array.from({ length: count }, () => Float32Array.from({ length: area }, () => rng.normal()));
  const covariances = (components * (components + 1)) / 2;
  return {
    epoch: step / 2,
    step,
    pixels: Uint16Array.from({ length: values }, () => 65_536 * rng.uniform()),
    statistics:
      components === 0
        ? undefined
        : {
            settings: { bandLow: 0.5, bandHigh: 22, calibrationBands: components > 3 ? 'on' : 'off' },
            images: 7,
            mean: planes(components),
            covariance: planes(covariances),
            pooledMean: Float64Array.from({ length: components }, () => rng.normal()),
            pooledCovariance: Float64Array.from({ length: covariances }, () => rng.normal()),
          },
  };
};

const pastOf = (side: number, images: number, components: readonly number[]): PastEpochs => ({
  side,
  images: {
    paths: Array.from({ length: images }, (_, i) => `test/gut ü/${i}.png`),
    means: Array.from({ length: images }, (_, i) => i / 8),
  },
  run: '12-0123abcd',
  evaluations: components.map((count, i) =>
    evaluation(2 * (i + 1), images * side * side * 3, side * side, count),
  ),
});

/** The file with another header; the arrays stay. */
const withHeader = (file: ArrayBuffer, change: (header: Record<string, unknown>) => unknown): ArrayBuffer => {
  const length = new DataView(file).getUint32(12, true);
  const header: unknown = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 16, length)));
  const text = new TextEncoder().encode(JSON.stringify(change(header as Record<string, unknown>)));
  const arrays = new Uint8Array(file, 4 * Math.ceil((16 + length) / 4));
  const begin = 4 * Math.ceil((16 + text.length) / 4);
  const changed = new Uint8Array(begin + arrays.length);
  changed.set(new Uint8Array(file, 0, 12));
  new DataView(changed.buffer).setUint32(12, text.length, true);
  changed.set(text, 16);
  changed.set(arrays, begin);
  return changed.buffer;
};

describe('a file of past epochs', () => {
  // Odd numbers of 16-bit values need padding before the statistics.
  it.each([
    [1, 1, [0]],
    [1, 3, [3, 0, 9]],
    [4, 2, [9, 9]],
    [3, 5, [0, 3]],
    [2, 1, []],
  ])('of side %i with %i images and %j components is read as it was written', (side, images, components) => {
    const past = pastOf(side, images, components);
    expect(readPastFile(writePastFile(past))).toEqual(past);
  });

  it('is refused at any shorter or greater length', () => {
    const file = writePastFile(pastOf(2, 2, [0, 3]));
    for (let length = 0; length < file.byteLength; length++)
      expect(() => readPastFile(file.slice(0, length)), `${length} bytes`).toThrow(
        expect.objectContaining({ code: 'import-invalid' }),
      );
    const longer = new Uint8Array(file.byteLength + 1);
    longer.set(new Uint8Array(file));
    expect(() => readPastFile(longer.buffer)).toThrow(/has \d+ bytes, expected \d+ by its header/);
  });

  it.each<[string, (header: Record<string, unknown>) => unknown, RegExp]>([
    ['of a newer version', (header) => ({ ...header, version: 2 }), /version 2, expected 1/],
    ['without a version', ({ version: _, ...header }) => header, /version none, expected 1/],
    ['whose header is no object', () => 7, /version none/],
    ['with a fractional side', (header) => ({ ...header, side: 1.5 }), /side is 1\.5/],
    ['with a larger side', (header) => ({ ...header, side: 3 }), /bytes, expected/],
    ['with fewer means than images', (header) => ({ ...header, means: [1] }), /2 images, but 1 means/],
    ['with other keys', (header) => ({ ...header, more: 1 }), /more/],
    [
      'with too few covariances',
      (header) => ({
        ...header,
        evaluations: (header['evaluations'] as { statistics: object | null }[]).map((one) => ({
          ...one,
          statistics: one.statistics && { ...one.statistics, pooledCovariance: [1] },
        })),
      }),
      /has 1 covariances at step 4, expected 6/,
    ],
    [
      'whose steps do not increase',
      (header) => ({ ...header, evaluations: (header['evaluations'] as object[]).toReversed() }),
      /not in the order of their steps/,
    ],
  ])('is refused %s', (_, change, problem) => {
    const file = writePastFile(pastOf(2, 2, [0, 3]));
    expect(() => readPastFile(withHeader(file, change))).toThrow(problem);
  });

  it('with a damaged header is read, or refused with a sentence', () => {
    const file = writePastFile(pastOf(2, 2, [0, 3]));
    const length = new DataView(file).getUint32(12, true);
    const header: unknown = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 16, length)));
    let refused = 0;
    fc.assert(
      fc.property(damaged(header), (faulty) => {
        if (!acceptsOrRefuses(() => readPastFile(withHeader(file, () => faulty ?? null)))) refused++;
      }),
      { numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  it('is refused with a value that is not finite', () => {
    const past = pastOf(2, 1, [3]);
    past.evaluations[0].statistics!.covariance[5][3] = Number.NaN;
    expect(() => readPastFile(writePastFile(past))).toThrow(/NaN or an infinity at step 2/);
  });

  it('is refused if it is another file', () => {
    expect(() => readPastFile(new TextEncoder().encode('{"format":"layers-model"}').buffer)).toThrow(
      'The file past.bin has no past epochs of Residua.',
    );
  });
});
