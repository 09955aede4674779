import { describe, expect, it } from 'vitest';
import golden from '#testing/golden/ssim.golden.json';
import { hashValues } from '#testing/hash-values.ts';
import { gaussianWindow } from '../ssim-window.ts';
import { createScorer } from './create-scorer.ts';
import { createGradientComparison } from './gradient-score.ts';
import { defaultScoreSettings } from './score-settings.ts';
import { createSsimComparison } from './ssim-score.ts';

describe('the map of 1 - SSIM', () => {
  const squareCases = golden.cases.filter(
    ({ shape: [, rows, columns], options }) => rows === columns && Object.keys(options).length === 0,
  );

  for (const { shape, nearness, loss } of squareCases) {
    it(`matches PyTorch inside the border, ${shape.join('x')}`, () => {
      const [batch, side, , channels] = shape;
      const count = shape.reduce((product, length) => product * length, 1);
      const x = hashValues(count, 1, 0, 1);
      const y = hashValues(count, 2, 0, 1).map((own, i) => nearness * x[i] + (1 - nearness) * own);
      const compare = createSsimComparison(side);
      let sum = 0;
      let values = 0;
      for (let image = 0; image < batch; image++) {
        for (let channel = 0; channel < channels; channel++) {
          const plane = (pixels: Float32Array): Float64Array =>
            Float64Array.from(
              { length: side * side },
              (_, i) => pixels[(image * side * side + i) * channels + channel],
            );
          const map = new Float64Array(side * side);
          compare(plane(x), plane(y), map);
          for (let row = 5; row < side - 5; row++) {
            for (let column = 5; column < side - 5; column++, values++) sum += map[row * side + column];
          }
        }
      }
      // Variances are differences of moments near 1, each with some 20 roundings, divided by sums of at least 0.1.
      expect(Math.abs(sum / values - loss)).toBeLessThan(1e-12);
    });
  }

  it('has golden cases', () => expect(squareCases.length).toBe(2));

  it('mirrors at the border: the corner matches a two-dimensional window over the mirrored image', () => {
    const side = 12;
    const [x, y] = [1, 2].map((series) => Float64Array.from(hashValues(side * side, series, 0, 1)));
    const window = gaussianWindow(11, 1.5);
    const mirror = (i: number): number => (i < 0 ? -1 - i : i);
    const moment = (value: (at: number) => number): number => {
      let sum = 0;
      for (let down = -5; down <= 5; down++) {
        for (let across = -5; across <= 5; across++) {
          sum += window[5 + down] * window[5 + across] * value(mirror(down) * side + mirror(across));
        }
      }
      return sum;
    };
    const [meanX, meanY] = [moment((at) => x[at]), moment((at) => y[at])];
    const varianceX = moment((at) => x[at] ** 2) - meanX ** 2;
    const varianceY = moment((at) => y[at] ** 2) - meanY ** 2;
    const covariance = moment((at) => x[at] * y[at]) - meanX * meanY;
    const ssim =
      ((2 * meanX * meanY + 1e-4) * (2 * covariance + 9e-4)) /
      ((meanX ** 2 + meanY ** 2 + 1e-4) * (varianceX + varianceY + 9e-4));
    const map = new Float64Array(side * side);
    createSsimComparison(side)(x, y, map);
    expect(map[0]).toBeCloseTo(1 - ssim, 12);
  });

  it('of black against gray depends only on the means', () => {
    // No variance: SSIM = (2 * 0 * 0.5 + C1) / (0 + 0.25 + C1) with C1 = 0.0001.
    const input = new Uint8Array(3 * 256);
    const reconstruction = new Float32Array(3 * 256).fill(0.5);
    const { score, map } = createScorer(16, { ...defaultScoreSettings, score: 'ssim' }).score(
      input,
      reconstruction,
    );
    expect(score).toBeCloseTo(1 - 0.0001 / 0.2501, 12);
    expect(map[0]).toBeCloseTo(score, 6);
  });
});

describe('the residual of gradient magnitudes', () => {
  const score = (input: Uint8Array, reconstruction: Float32Array, side: number) =>
    createScorer(side, { ...defaultScoreSettings, score: 'gradient' }).score(input, reconstruction);

  it('of a ramp against black is its slope squared, and a quarter of that at the two edges across it', () => {
    // Slope 1/8 per pixel. At the edges the repeated pixel halves the difference: 8 rows of 6/64 + 2/256, 3 channels.
    const ramp = Float32Array.from({ length: 3 * 64 }, (_, i) => (Math.floor(i / 3) % 8) / 8);
    const result = score(new Uint8Array(3 * 64), ramp, 8);
    expect(result.score).toBeCloseTo(3 * 8 * (6 / 64 + 2 / 256), 12);
    expect(result.map[1]).toBeCloseTo(3 / 64, 8);
    expect(result.map[0]).toBeCloseTo(3 / 256, 8);
  });

  it('treats vertical and horizontal slopes the same', () => {
    // Slopes 3/32 down and 4/32 across: magnitude 5/32 away from the edges.
    const side = 6;
    const plane = Float64Array.from(
      { length: 36 },
      (_, i) => (3 * Math.floor(i / side) + 4 * (i % side)) / 32,
    );
    const map = new Float64Array(36);
    createGradientComparison(side)(new Float64Array(36), plane, map);
    expect(map[2 * side + 3]).toBeCloseTo(25 / 1024, 14);
  });

  it('ignores an inverted contrast', () => {
    const input = Uint8Array.from(hashValues(3 * 64, 3, 0, 2), (value) => (value < 1 ? 0 : 255));
    const negative = Float32Array.from(input, (byte) => 1 - byte / 255);
    expect(score(input, negative, 8).score).toBe(0);
  });
});
