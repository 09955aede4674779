import { describe, expect, it } from 'vitest';
import golden from '#testing/golden/metrics.golden.json';
import { hashValues } from '#testing/hash-values.ts';
import type { Metric } from '../history.ts';
import { auPro } from './au-pro.ts';
import { imageAuroc } from './auroc.ts';
import { connectedComponents } from './connected-components.ts';
import { type PixelMetricValues, pixelMetrics } from './pixel-metrics.ts';
import { pixelOperatingPoints, selectGroups } from './pixel-operating-points.ts';
import { type PixelRanking, rankPixels, type ScoredMap } from './pixel-ranking.ts';

const scoredMap = (map: ArrayLike<number>, mask?: ArrayLike<number>, defectType = 'cut'): ScoredMap => ({
  path: `test/${defectType}/000.png`,
  defectType,
  anomalous: defectType !== 'good',
  map: Float32Array.from(map),
  mask: mask && Uint8Array.from(mask),
});

const numberOf = (metric: Metric): number => (metric.defined ? metric.value : Number.NaN);

const rank = (images: readonly ScoredMap[], side: number): PixelRanking => {
  const stages = rankPixels(images, side);
  let stage = stages.next();
  while (!stage.done) stage = stages.next();
  return stage.value;
};

const auProAt = (images: readonly ScoredMap[], side: number, limit: number): number => {
  const ranking = rank(images, side);
  return numberOf(auPro(pixelOperatingPoints(ranking, selectGroups(ranking)), limit));
};

/** AU-PRO by its definition: each distinct score is a threshold, and everything is counted again. */
const slowAuPro = (images: readonly ScoredMap[], side: number, limit: number): number => {
  const normal: number[] = [];
  const regions: number[][] = [];
  for (const { map, mask, anomalous } of images) {
    const { labels, sizes } = connectedComponents(
      anomalous && mask ? mask : new Uint8Array(map.length),
      side,
      side,
    );
    const own = sizes.map((): number[] => []);
    map.forEach((score, pixel) => {
      (labels[pixel] === 0 ? normal : own[labels[pixel] - 1]).push(score);
    });
    regions.push(...own);
  }
  const found = (scores: number[], threshold: number): number =>
    scores.filter((score) => score >= threshold).length / scores.length;
  const thresholds = [...new Set([...normal, ...regions.flat()])].sort((a, b) => b - a);
  let [area, rate, overlap] = [0, 0, 0];
  for (const threshold of thresholds) {
    const nextRate = found(normal, threshold);
    const nextOverlap = regions.reduce((sum, region) => sum + found(region, threshold), 0) / regions.length;
    if (nextRate > limit) {
      const atLimit = overlap + ((nextOverlap - overlap) * (limit - rate)) / (nextRate - rate);
      return (area + ((limit - rate) * (overlap + atLimit)) / 2) / limit;
    }
    area += ((nextRate - rate) * (overlap + nextOverlap)) / 2;
    [rate, overlap] = [nextRate, nextOverlap];
  }
  return (area + (limit - rate) * overlap) / limit;
};

/** The maps and masks that metrics_golden.py generates. */
const goldenImages = (levels: number, shift: number): ScoredMap[] =>
  golden.defectTypes.map((defectType, index) => {
    const { side } = golden;
    const scattered = hashValues(side * side, 500 + index);
    const inside = (pixel: number): boolean => {
      const [x, y] = [pixel % side, Math.floor(pixel / side)];
      if (defectType === 'good') return false;
      if (defectType === 'cut') return scattered[pixel] < Math.fround(-0.6);
      return (y >= 1 && y < 4 && x >= 1 && x < index) || (y >= 6 && y < 11 && x >= 5 && x < 7);
    };
    const mask = Array.from({ length: side * side }, (_, pixel) => (inside(pixel) ? 1 : 0));
    const scores = Array.from(hashValues(side * side, 600 + index), (value, pixel) =>
      Math.floor((value + shift * mask[pixel]) * levels),
    );
    return scoredMap(scores, defectType === 'good' ? undefined : mask, defectType);
  });

/** Both are float64 sums of a few hundred terms of at most 1. */
const tolerance = 1e-12;

it('pixels outside the part that counts change no metric, whatever their scores', async () => {
  const side = 8;
  // Rows 2 to 5 show the image, as in one of 8 x 4 pixels that is padded.
  const part = { left: 0, top: 2, width: side, height: 4 };
  const isIn = (pixel: number): boolean => pixel >= 2 * side && pixel < 6 * side;
  const padded = (seed: number, outside: number, defectType: string): ScoredMap => {
    const map = hashValues(side * side, seed, 0, 1).map((value, pixel) => (isIn(pixel) ? value : outside));
    const mask = Array.from(map, (_, pixel) => Number(isIn(pixel) && pixel % 5 === 0));
    return { ...scoredMap(map, mask, defectType), part };
  };
  const metrics = (outside: number) =>
    pixelMetrics([padded(1, outside, 'cut'), padded(2, outside, 'good')], side);
  const low = await metrics(-1e6);
  expect(low.overall.pixelAuroc.defined).toBe(true);
  expect(await metrics(1e6)).toEqual(low);
  const all = await pixelMetrics(
    [padded(1, 1e6, 'cut'), padded(2, 1e6, 'good')].map(({ part: _, ...whole }) => whole),
    side,
  );
  expect(all.overall).not.toEqual(low.overall);
});

describe('pixel metrics compared with scikit-learn and SciPy', () => {
  it.each(golden.pixels)(
    'match at $levels levels and shift $shift, overall and per defect type',
    async (expected) => {
      const { overall, perDefectType } = await pixelMetrics(
        goldenImages(expected.levels, expected.shift),
        golden.side,
      );
      const check = (actual: PixelMetricValues, wanted: (typeof expected)['overall']): void => {
        expect(actual.regions).toBe(wanted.regions);
        expect(Math.abs(numberOf(actual.pixelAuroc) - wanted.pixelAuroc)).toBeLessThan(tolerance);
        expect(Math.abs(numberOf(actual.auPro) - wanted.auPro)).toBeLessThan(tolerance);
      };
      check(overall, expected.overall);
      expect(perDefectType.map(({ defectType }) => defectType)).toEqual(['cut', 'hole']);
      check(perDefectType[0], expected.cut);
      check(perDefectType[1], expected.hole);
    },
  );
});

describe('AU-PRO', () => {
  it('matches an area computed by hand', async () => {
    // Two regions: A with 2 pixels (9, 5) and B with 4 (9, 7, 5, 1). Ten normal pixels: 8, 6, 5, 5 and six 0, so the limit of
    // 0.3 is 3 of them. From the top, as (normal pixels found; overlap, the mean of A's and B's fractions):
    //   9: (0; (1/2 + 1/4) / 2 = 3/8)   8: (1; 3/8)   7: (1; (1/2 + 2/4) / 2 = 1/2)   6: (2; 1/2)
    //   5: (4; (1 + 3/4) / 2 = 7/8), a slope that the limit cuts halfway, at 11/16.
    // Area: 1 * 3/8 + 1 * 1/2 + 1 * (1/2 + 11/16) / 2 = 47/32, over the limit 47/32 / 3 = 47/96.
    const image = scoredMap(
      [9, 5, 8, 6, 5, 5, 0, 0, 0, 0, 9, 7, 0, 0, 5, 1],
      [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1],
    );
    const { overall } = await pixelMetrics([image], 4);
    expect(overall.regions).toBe(2);
    expect(numberOf(overall.auPro)).toBeCloseTo(47 / 96, 14);
  });

  it('matches the definition on random maps at several limits, with and without ties', () => {
    const side = 9;
    for (let round = 0; round < 12; round++) {
      const images = ['good', 'cut', 'cut', 'hole'].map((defectType, index) => {
        const series = 100 * round + 10 * index;
        const mask = hashValues(side * side, series).map((value) => (value > 0.5 ? 1 : 0));
        const scores = hashValues(side * side, series + 1).map((value, pixel) => value + 0.3 * mask[pixel]);
        return scoredMap(
          round % 2 === 0 ? scores.map((score) => Math.round(score * 4)) : scores,
          mask,
          defectType,
        );
      });
      for (const limit of [0.05, 0.3, 1]) {
        expect(Math.abs(auProAt(images, side, limit) - slowAuPro(images, side, limit))).toBeLessThan(
          tolerance,
        );
      }
    }
  });

  it('is 1 for a perfect map and half the limit for a constant one', async () => {
    const mask = [1, 0, 0, 0, 0, 0, 0, 0, 0];
    const perfect = await pixelMetrics([scoredMap(mask, mask)], 3);
    expect(perfect.overall).toMatchObject({ auPro: { value: 1 }, pixelAuroc: { value: 1 } });
    const constant = await pixelMetrics([scoredMap(mask.fill(0), [1, 0, 0, 0, 0, 0, 0, 0, 0])], 3);
    // All pixels are found together: overlap equals the false positive rate, and 0.3^2 / 2 / 0.3 = 0.15.
    expect(numberOf(constant.overall.auPro)).toBeCloseTo(0.15, 14);
    expect(constant.overall.pixelAuroc).toEqual({ defined: true, value: 0.5 });
  });

  it('rejects a limit outside (0, 1]', () => {
    for (const limit of [0, 30, Number.NaN]) {
      expect(() => auPro({ defined: false, reason: '' }, limit)).toThrow(RangeError);
    }
  });
});

describe('pixel AUROC', () => {
  it('matches image AUROC of the pixels for any sign, and treats -0 as 0', async () => {
    const scores = Array.from(hashValues(64, 1), (value) => Math.round(value * 3) / 3);
    expect(scores.some((score) => Object.is(score, -0)) && scores.some((score) => Object.is(score, 0))).toBe(
      true,
    );
    const inside = Array.from(hashValues(64, 2), (value) => value > 0.3);
    const { overall } = await pixelMetrics([scoredMap(scores, inside.map(Number))], 8);
    expect(overall.pixelAuroc).toEqual(imageAuroc(scores, inside));
  });
});

describe('pixel metrics', () => {
  const good = scoredMap([1, 2, 3, 4], undefined, 'good');
  const cut = scoredMap([5, 1, 2, 0], [1, 0, 0, 0]);

  it('omit anomalous images without a mask, and count them', async () => {
    const withoutMask = { ...cut, mask: undefined };
    const { overall, perDefectType } = await pixelMetrics([good, withoutMask, cut], 2);
    const { overall: expected } = await pixelMetrics([good, cut], 2);
    expect(overall).toEqual({ ...expected, imagesWithoutMask: 1 });
    expect(perDefectType[0]).toMatchObject({
      defectType: 'cut',
      images: 2,
      imagesWithoutMask: 1,
      regions: 1,
    });
  });

  it('count the pixels of an image with an empty mask as normal', async () => {
    const empty = scoredMap([9, 9, 9, 9], [0, 0, 0, 0]);
    const { overall } = await pixelMetrics([cut, empty], 2);
    // The defect pixel, 5, is above 3 of the 7 normal ones.
    expect(overall).toMatchObject({ images: 2, pixelAuroc: { defined: true, value: 3 / 7 } });
  });

  it.each([
    ['no images', [], /no anomalous images/],
    ['good images only', [good], /no anomalous images/],
    [
      'one anomalous image without a mask',
      [good, { ...cut, mask: undefined }],
      /only anomalous image has no mask/,
    ],
    ['no mask', [good, { ...cut, mask: undefined }, { ...cut, mask: undefined }], /None of the 2/],
    ['empty masks', [good, scoredMap([1, 2, 3, 4], [0, 0, 0, 0])], /no defect pixel/],
    ['defect pixels only', [scoredMap([1, 2, 3, 4], [1, 1, 1, 1])], /inside defects/],
  ])('are undefined, with the reason, for %s', async (_, images, reason) => {
    const expected = { defined: false, reason: expect.stringMatching(reason) };
    const { overall } = await pixelMetrics(images, 2);
    expect(overall).toMatchObject({ pixelAuroc: expected, auPro: expected });
  });

  it('are undefined only for the defect type that has no masks', async () => {
    const hole = scoredMap([1, 2, 3, 4], undefined, 'hole');
    const { overall, perDefectType } = await pixelMetrics([good, cut, hole], 2);
    expect(overall.auPro.defined).toBe(true);
    expect(perDefectType).toMatchObject([
      { defectType: 'cut', auPro: { defined: true } },
      { defectType: 'hole', auPro: { defined: false }, pixelAuroc: { defined: false } },
    ]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'name the image and the pixel with a score of %s',
    async (score) => {
      const broken = { ...scoredMap([0, 1, score, 3], undefined, 'good'), path: 'test/good/007.png' };
      await expect(pixelMetrics([cut, broken], 2)).rejects.toMatchObject({
        code: 'non-finite-score',
        problem: `The anomaly map of test/good/007.png is ${score} at row 2, column 1.`,
      });
    },
  );

  it('name the image with a map or mask of another size', async () => {
    await expect(pixelMetrics([scoredMap([1, 2, 3], [1, 0, 0, 0])], 2)).rejects.toThrow(
      /map of test\/cut\/000.png has 3 pixels/,
    );
    await expect(pixelMetrics([scoredMap([1, 2, 3, 4], [1])], 2)).rejects.toThrow(
      /mask of test\/cut\/000.png/,
    );
  });

  it('leave maps and masks unchanged', async () => {
    const [map, mask] = [cut.map.slice(), cut.mask?.slice()];
    await pixelMetrics([good, cut], 2);
    expect(cut).toMatchObject({ map, mask });
  });

  it('report growing progress up to 1', async () => {
    const shares: number[] = [];
    await pixelMetrics([good, cut, { ...cut, defectType: 'hole' }], 2, {
      onProgress: (share) => void shares.push(share),
    });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.length).toBeGreaterThan(4);
    expect(shares.at(-1)).toBeCloseTo(1, 12);
  });

  it('stop between stages if aborted while progress is awaited', async () => {
    const controller = new AbortController();
    let reports = 0;
    const running = pixelMetrics([good, cut], 2, {
      signal: controller.signal,
      onProgress: async () => {
        reports++;
        await Promise.resolve();
        if (reports === 2) controller.abort(new Error('enough'));
      },
    });
    await expect(running).rejects.toThrow('enough');
    expect(reports).toBe(2);
  });
});
