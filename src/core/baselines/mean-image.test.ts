import { describe, expect, it } from 'vitest';
import { MeanImage } from './mean-image.ts';

describe('the mean image', () => {
  it('is the mean of each value in [0, 1]', () => {
    const mean = new MeanImage(1);
    mean.add(Uint8Array.of(0, 255, 51));
    mean.add(Uint8Array.of(255, 255, 0));
    expect(mean.mean()).toEqual(Float32Array.of(0.5, 1, 0.1));
  });

  it('requires an image of its size', () => {
    expect(() => new MeanImage(2).mean()).toThrow(RangeError);
    expect(() => new MeanImage(2).add(new Uint8Array(3))).toThrow(RangeError);
  });
});
