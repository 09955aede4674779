import { describe, expect, it } from 'vitest';
import { imageFloats } from '#core/image-bytes.ts';
import { radialPower } from '#core/spectrum/radial-power.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { packPixels } from './packed-pixels.ts';
import { TestSet } from './test-spectra.ts';
import { canceledBefore, canceledWhen } from './testing/canceled-work.ts';

const side = 32;
const images = tinyImages(side, 2, 5);
const indices = [2, 3, 4, 5, 6];
const length = side * side * 3;

/** Reconstructions that are `factors[row]` times the images. */
const heldWith = (factors: readonly number[]) => {
  const pixels = new Uint16Array(indices.length * length);
  indices.forEach((index, row) => {
    packPixels(
      imageFloats(images, index).map((value) => factors[row]! * value),
      pixels,
      row * length,
    );
  });
  return { indices, pixels };
};

const sum = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((total, value) => total + value, 0);

describe('the spectra of the test set', () => {
  const anomalousRows = indices.flatMap((index, row) => (images.samples[index]!.anomalous ? [row] : []));
  const goodRows = indices.flatMap((_, row) => (anomalousRows.includes(row) ? [] : [row]));

  it('are the means over the good and over the anomalous images', async () => {
    const factors = [0, 0.25, 0.5, 0.75, 1];
    const { good, anomalous } = await new TestSet(images).spectra(heldWith(factors));
    for (const [rows, spectra] of [
      [goodRows, good],
      [anomalousRows, anomalous],
    ] as const) {
      expect(rows.length).toBeGreaterThan(0);
      expect(spectra?.images).toBe(rows.length);
      const powers = rows.map((row) => radialPower(imageFloats(images, indices[row]!), side));
      for (let radius = 0; radius < powers[0]!.length; radius++) {
        const input = powers.reduce((total, power) => total + power[radius]!, 0) / rows.length;
        // The residual is (1 - factor) times the image.
        const residual =
          powers.reduce((total, power, i) => total + (1 - factors[rows[i]!]!) ** 2 * power[radius]!, 0) /
          rows.length;
        expect(spectra!.inputPower[radius]).toBeCloseTo(input, 6);
        // Packing leaves 2^-17 of error per pixel.
        expect(spectra!.power[radius]).toBeCloseTo(residual, 5);
      }
    }
  });

  it('add up to the mean squared residual (Parseval)', async () => {
    const { good } = await new TestSet(images).spectra(heldWith([0.5, 0.5, 0.5, 0.5, 0.5]));
    const squares = goodRows.flatMap((row) =>
      Array.from(imageFloats(images, indices[row]!), (value) => (0.5 * value) ** 2),
    );
    expect(sum(good!.power) / (sum(squares) / squares.length)).toBeCloseTo(1, 3);
  });

  it('are undefined for a class without images, and the same the second time', async () => {
    const set = new TestSet(images);
    const held = heldWith([0.5, 0.5, 0.5, 0.5, 0.5]);
    const first = await set.spectra(held);
    expect(await set.spectra(held)).toEqual(first);
    const onlyGood = {
      indices: goodRows.map((row) => indices[row]!),
      pixels: Uint16Array.from(
        goodRows.flatMap((row) => Array.from(held.pixels.subarray(row * length, (row + 1) * length))),
      ),
    };
    const { good, anomalous } = await set.spectra(onlyGood);
    expect(anomalous).toBeUndefined();
    expect(good).toEqual(first.good);
  });

  it('can be canceled between two images, but not after the last', async () => {
    const held = heldWith([0, 0, 0, 0, 0]);
    const set = new TestSet(images);
    await expect(set.spectra(held, canceledBefore())).rejects.toMatchObject({ code: 'cancelled' });
    await expect(
      set.spectra(
        held,
        canceledWhen((share) => share < 1),
      ),
    ).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(
      await set.spectra(
        held,
        canceledWhen((share) => share === 1),
      ),
    ).toEqual(await set.spectra(held));
  });
});
