import { expect, it } from 'vitest';
import { imageSignature, type PastEpochs, runMark } from '#core/past-epochs/past-epochs.ts';
import { writePastFile } from '#core/past-epochs/past-file.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { heldPast } from './held-past.ts';

const side = 16;
const images = tinyImages(side, 2, 2);
const steps = [{ step: 1, epoch: 1, loss: 3 }];
const history = { steps, evaluations: [], spectra: [] };
const last = { epoch: 9, step: 90 };

/** Evaluations of both test images; every pixel of a row is its epoch in hundredths plus a tenth of the row. */
const fileOf = (epochs: readonly number[], change: Partial<PastEpochs> = {}): ArrayBuffer => {
  const length = side * side * 3;
  return writePastFile({
    side,
    images: imageSignature(images, [2, 3]),
    run: runMark(steps),
    evaluations: epochs.map((epoch) => ({
      epoch,
      step: 10 * epoch,
      pixels: Uint16Array.from({ length: 2 * length }, (_, i) =>
        Math.round(65_535 * (epoch / 100 + (i < length ? 0 : 0.1))),
      ),
      statistics: undefined,
    })),
    ...change,
  });
};

it('a test image is shown as the held evaluation nearest to an epoch reconstructed it', () => {
  const past = heldPast(fileOf([1, 4]), history)!;
  const seen = (index: number, epoch: number) => past.nearest(images, index, epoch, last)?.reconstruction;
  expect(seen(2, 0)).toMatchObject({ epoch: 1, step: 10 });
  expect(seen(3, 5)).toMatchObject({ epoch: 4, step: 40 });
  expect(seen(2, 4)?.pixels[0]).toBeCloseTo(0.04, 4);
  expect(seen(3, 4)?.pixels[0]).toBeCloseTo(0.14, 4);
});

it('the last weights are shown if they are at least as near, and for images that are not held', () => {
  const past = heldPast(fileOf([1, 4]), history)!;
  expect(past.nearest(images, 2, 8, last)).toBeUndefined();
  expect(past.nearest(images, 0, 1, last)).toBeUndefined();
  expect(past.nearest(tinyImages(side, 2, 4), 2, 1, last)).toBeUndefined();
});

it('past epochs of another run, and damaged ones, are ignored', () => {
  expect(heldPast(undefined, history)).toBeUndefined();
  expect(heldPast(fileOf([1, 4], { run: 'another' }), history)).toBeUndefined();
  expect(heldPast(new ArrayBuffer(8), history)).toBeUndefined();
});
