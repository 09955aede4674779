/** The anomaly map and the score of an image as ONNX nodes: the formulas of `core/scores`, in float32. */
import type { Calibration } from '#core/calibration/calibration.ts';
import { whitening } from '#core/calibration/whitening.ts';
import { channels } from '#core/scores/residual-planes.ts';
import { blurTaps, topCount } from '#core/scores/residual-scores.ts';
import { usesCalibration } from '#core/scores/score-names.ts';
import type { ScoreSettings } from '#core/scores/score-settings.ts';
import { checkWeight } from '#core/scores/spectral-score.ts';
import { ssimConstants, ssimTaps } from '#core/scores/ssim-score.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';
import { mirroredFilter, threePointFilter, transposed } from './matrices.ts';
import { addBand, addComponents, PlaneFilters } from './residual-graph.ts';
import { addSpectral } from './spectral-graph.ts';

/** What a score depends on. */
export interface ScoreContent {
  readonly side: number;
  readonly settings: ScoreSettings;
  /** Needed if the residual is calibrated. */
  readonly calibration: Calibration | undefined;
  /** w(u, v), needed by `spectral`. */
  readonly weight: Float32Array | undefined;
}

/** Map [N, 1, S, S] and score [N, 1, 1, 1]. */
interface Scored {
  readonly map: Value;
  readonly score: Value;
}

/** The squared distance of each pixel's residual from those of good images; [N, 1, S, S]. */
const addDistances = (
  filters: PlaneFilters,
  residual: Value,
  settings: ScoreSettings,
  calibration: Calibration,
): Value => {
  const { graph, side } = filters;
  const { mean, rows } = whitening(calibration);
  const center = graph.constant('calibration-mean', () => ({
    shape: [rows.length, side, side],
    values: mean,
  }));
  const gaps = graph.node('Sub', [addComponents(filters, residual, settings), center]);
  const whitened = rows.map((row, i) => {
    const factors = graph.constant(`calibration-row-${i}`, () => ({
      shape: [i + 1, side, side],
      values: row,
    }));
    const first = graph.node('Slice', [gaps, graph.integers(0), graph.integers(i + 1), graph.integers(1)]);
    return graph.sum(graph.node('Mul', [first, factors]), 1);
  });
  return graph.node('ReduceSumSquare', [graph.node('Concat', whitened, { axis: 1 })], { axes: [1] });
};

/** 1 - SSIM at each pixel, averaged over channels. */
const addSsim = (filters: PlaneFilters, x: Value, y: Value): Value => {
  const { graph, side } = filters;
  const { c1, c2 } = ssimConstants;
  const means = (planes: Value): Value =>
    filters.both('ssim-window', planes, () => mirroredFilter(side, ssimTaps()));
  const half = graph.scalar(0.5);
  // The variances do not depend on the offset; centered values lose fewer digits in their difference.
  const [a, b] = [graph.node('Sub', [x, half]), graph.node('Sub', [y, half])];
  const square = (value: Value): Value => graph.node('Mul', [value, value]);
  const twice = (value: Value): Value => graph.node('Mul', [value, graph.scalar(2)]);
  const plus = (value: Value, constant: number): Value => graph.node('Add', [value, graph.scalar(constant)]);
  const [meanA, meanB] = [means(a), means(b)];
  const covariance = graph.node('Sub', [means(graph.node('Mul', [a, b])), graph.node('Mul', [meanA, meanB])]);
  const variances = graph.node('Sub', [
    means(graph.node('Add', [square(a), square(b)])),
    graph.node('Add', [square(meanA), square(meanB)]),
  ]);
  const [meanX, meanY] = [plus(meanA, 0.5), plus(meanB, 0.5)];
  const above = graph.node('Mul', [
    plus(twice(graph.node('Mul', [meanX, meanY])), c1),
    plus(twice(covariance), c2),
  ]);
  const below = graph.node('Mul', [
    plus(graph.node('Add', [square(meanX), square(meanY)]), c1),
    plus(variances, c2),
  ]);
  const dissimilarity = graph.node('Sub', [graph.scalar(1), graph.node('Div', [above, below])]);
  return graph.node('ReduceMean', [dissimilarity], { axes: [1] });
};

/** (|grad x| - |grad y|)^2 by Prewitt's gradient, summed over channels. */
const addGradient = (filters: PlaneFilters, x: Value, y: Value): Value => {
  const { graph, side } = filters;
  const sums = () => threePointFilter(side, [1 / 6, 1 / 6, 1 / 6]);
  const differences = () => threePointFilter(side, [-1, 0, 1]);
  const magnitude = (planes: Value): Value => {
    const across = filters.between(
      graph.constant('prewitt-sums', sums),
      planes,
      graph.constant('prewitt-differences-transposed', () => transposed(differences())),
    );
    const down = filters.between(
      graph.constant('prewitt-differences', differences),
      planes,
      graph.constant('prewitt-sums-transposed', () => transposed(sums())),
    );
    const squares = [across, down].map((value) => graph.node('Mul', [value, value]));
    return graph.node('Sqrt', [graph.node('Add', squares)]);
  };
  const gap = graph.node('Sub', [magnitude(x), magnitude(y)]);
  return graph.node('ReduceSumSquare', [gap], { axes: [1] });
};

/** Reduces a map of squares to the score. */
const reduced = (filters: PlaneFilters, map: Value, settings: ScoreSettings): Scored => {
  const { graph, side } = filters;
  switch (settings.score) {
    case 'mean': {
      const scale = graph.scalar(1 / (channels * side ** 2));
      return { map, score: graph.node('Mul', [graph.sum(map, 2, 3), scale]) };
    }
    case 'blurred-maximum': {
      const blurred = filters.both('blur', map, () =>
        mirroredFilter(side, blurTaps(side, settings.blurSigma)),
      );
      return { map: blurred, score: graph.node('ReduceMax', [blurred], { axes: [2, 3] }) };
    }
    case 'top-share': {
      const count = topCount(side, settings.topPercent);
      const flat = graph.node('Reshape', [map, graph.integers(-1, 1, 1, side ** 2)]);
      const inputs = [flat, graph.integers(count)];
      const largest = graph.node('TopK', inputs, { axis: 3, sorted: 0 }, 'largest', ['largest-places']);
      return { map, score: graph.node('ReduceMean', [largest], { axes: [3] }) };
    }
    default:
      return { map, score: graph.sum(map, 2, 3) };
  }
};

/** The image that the band leaves to compare with: x minus the filtered residual. */
const comparedWith = ({ graph }: PlaneFilters, x: Value, filtered: Value): Value =>
  graph.node('Sub', [x, filtered]);

/**
 * Adds the score.
 * @param image and `reconstruction`: [N, 3, S, S] in [0, 1]
 * @returns map [N, 1, S, S] and score [N, 1, 1, 1]
 * @throws RangeError if the score needs a calibration or a weight, and it is missing
 */
export const addScore = (
  graph: GraphBuilder,
  { side, settings, calibration, weight }: ScoreContent,
  image: Value,
  reconstruction: Value,
): Scored => {
  const filters = new PlaneFilters(graph, side);
  const residual = graph.node('Sub', [image, reconstruction]);
  if (usesCalibration(settings)) {
    if (!calibration) throw new RangeError('The calibrated residual needs a calibration.');
    return reduced(filters, addDistances(filters, residual, settings, calibration), settings);
  }
  if (settings.score === 'spectral') {
    return addSpectral(graph, side, residual, settings, checkWeight(side, weight));
  }
  const filtered = addBand(filters, residual, settings.bandLow, settings.bandHigh);
  switch (settings.score) {
    case 'ssim': {
      const map = addSsim(filters, image, comparedWith(filters, image, filtered));
      return { map, score: graph.node('ReduceMean', [map], { axes: [2, 3] }) };
    }
    case 'gradient': {
      const map = addGradient(filters, image, comparedWith(filters, image, filtered));
      return { map, score: graph.sum(map, 2, 3) };
    }
    default:
      return reduced(filters, graph.node('ReduceSumSquare', [filtered], { axes: [1] }), settings);
  }
};
