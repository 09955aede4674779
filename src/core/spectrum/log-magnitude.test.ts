import { describe, expect, it } from 'vitest';
import { fftshift } from './fftshift.ts';
import { residualSpectrum, shownSpectrum } from './log-magnitude.ts';
import { radialPower } from './radial-power.ts';

const side = 8;
const image = (channels: number, value: (row: number, column: number, channel: number) => number) =>
  Float32Array.from({ length: side * side * channels }, (_, i) => {
    const pixel = Math.floor(i / channels);
    return value(Math.floor(pixel / side), pixel % side, i % channels);
  });

const nonZero = (spectrum: Float32Array) =>
  Array.from(spectrum)
    .map((value, index) => ({ row: Math.floor(index / side), column: index % side, value }))
    .filter(({ value }) => value > 1e-6);

describe('fftshift', () => {
  it('puts the zero frequency in the middle and -M/2 first', () => {
    const shifted = fftshift(Float32Array.from([0, 1, -2, -1, 10, 11, 8, 9]), 2, 4);
    expect(Array.from(shifted)).toEqual([8, 9, 10, 11, -2, -1, 0, 1]);
  });
});

describe('the log-magnitude spectrum', () => {
  it('of a constant image is one point in the middle: log(1 + S^2 mean)', () => {
    // Channel means 1, 2 and 3: |F(0, 0)| = 64, 128 and 192, mean 128.
    const points = nonZero(
      shownSpectrum(
        image(3, (_row, _column, channel) => channel + 1),
        side,
      ).logMagnitude,
    );
    expect(points).toEqual([{ row: 4, column: 4, value: Math.fround(Math.log(129)) }]);
  });

  it('of a cosine has its two peaks at plus and minus its signed frequency', () => {
    // cos of 2 periods down and 1 across: |F| = 64 / 2 at +-(2, 1), the middle being (4, 4).
    const points = nonZero(
      shownSpectrum(
        image(1, (row, column) => Math.cos((2 * Math.PI * (2 * row + column)) / side)),
        side,
      ).logMagnitude,
    );
    expect(points.map(({ row, column }) => [row, column])).toEqual([
      [2, 3],
      [6, 5],
    ]);
    for (const { value } of points) expect(value).toBeCloseTo(Math.log(33), 5);
  });

  it('is the mean over separate channels: opposite channels do not cancel', () => {
    const points = nonZero(
      shownSpectrum(
        image(2, (_row, _column, channel) => (channel === 0 ? 1 : -1)),
        side,
      ).logMagnitude,
    );
    expect(points).toEqual([{ row: 4, column: 4, value: Math.fround(Math.log(65)) }]);
  });

  it('of a difference is zero for equal images, and otherwise that of the residual', () => {
    const input = image(3, (row, column, channel) => row * column + channel);
    expect(nonZero(residualSpectrum(input, input, side).logMagnitude)).toEqual([]);
    const residual = image(3, (row, _column, channel) => (row === channel ? 1 : 0));
    const reconstruction = input.map((value, i) => value - residual[i]);
    expect(residualSpectrum(input, reconstruction, side).logMagnitude).toEqual(
      shownSpectrum(residual, side).logMagnitude,
    );
  });

  it('comes with the radial power of the same image', () => {
    // One channel of three pairs with zeros: both kinds of pairs.
    const input = image(3, (row, column, channel) => Math.sin(row * 5 + column * 3 + channel));
    const reconstruction = image(3, (row, column) => Math.cos(row + column));
    expect(shownSpectrum(input, side).power).toEqual(Float32Array.from(radialPower(input, side)));
    const residual = input.map((value, i) => value - reconstruction[i]);
    expect(residualSpectrum(input, reconstruction, side).power).toEqual(
      Float32Array.from(radialPower(residual, side)),
    );
  });

  it('rejects images of other sizes', () => {
    expect(() => shownSpectrum(new Float32Array(63), side).logMagnitude).toThrow(
      '8 x 8 values, got 63 values',
    );
    expect(() => residualSpectrum(new Float32Array(64), new Float32Array(128), side).logMagnitude).toThrow(
      'got 64 and 128 values',
    );
  });
});
