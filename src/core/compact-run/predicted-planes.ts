/** Planes of bytes, each value predicted from its neighbors and from planes that are known, and coded by its error. */
import { BitContexts, type CodeBit, codeNumber, numberContexts } from './range-coder.ts';

/** Places in a known plane: the value itself and its neighbors. */
const knownPlaces = [
  [0, 0],
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
] as const;

/** Places in the plane itself that come before a value. */
const ownPlaces = [
  [-1, 0],
  [0, -1],
  [-1, -1],
  [1, -1],
] as const;

/** In place of a neighbor that does not exist, and the constant feature: the middle of a byte. */
const unknownValue = 128;

/** Several planes of one size, such as one channel of all images. */
export interface PlaneShape {
  readonly planes: number;
  readonly side: number;
}

/** Number of the prediction's coefficients. */
export const coefficientCount = (known: number): number => ownPlaces.length + known * knownPlaces.length + 1;

/** The features of one value, into `into`: neighbors before it, places of the known planes, and a constant. */
const readFeatures = (
  into: Float64Array,
  values: Uint8Array,
  known: readonly Uint8Array[],
  side: number,
  at: number,
  x: number,
  y: number,
): void => {
  let feature = 0;
  for (const [dx, dy] of ownPlaces) {
    const inside = x + dx >= 0 && x + dx < side && y + dy >= 0;
    into[feature++] = inside ? values[at + dx + dy * side] : (known[0]?.[at] ?? unknownValue);
  }
  for (const plane of known) {
    for (const [dx, dy] of knownPlaces) {
      const inside = x + dx >= 0 && x + dx < side && y + dy >= 0 && y + dy < side;
      into[feature++] = plane[inside ? at + dx + dy * side : at];
    }
  }
  into[feature] = unknownValue;
};

const forEachPlace = (
  { planes, side }: PlaneShape,
  visit: (at: number, x: number, y: number) => void,
): void => {
  let at = 0;
  for (let plane = 0; plane < planes; plane++)
    for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) visit(at++, x, y);
};

/** Solves the normal equations by elimination; a feature that depends on others gets the coefficient 0. */
const solved = (matrix: Float64Array[], right: Float64Array): Float32Array => {
  const n = right.length;
  const rows = matrix.map((row, i) => {
    const own = Float64Array.from(row);
    own[i] *= 1 + 1e-9;
    return own;
  });
  const b = Float64Array.from(right);
  const isUsed = rows.map(() => true);
  for (let i = 0; i < n; i++) {
    if (!(rows[i][i] > 1e-6 * (matrix[i][i] || 1))) {
      isUsed[i] = false;
      continue;
    }
    for (let j = i + 1; j < n; j++) {
      const factor = rows[j][i] / rows[i][i];
      if (factor === 0) continue;
      for (let k = i; k < n; k++) rows[j][k] -= factor * rows[i][k];
      b[j] -= factor * b[i];
    }
  }
  const coefficients = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    if (!isUsed[i]) continue;
    let sum = b[i];
    for (let k = i + 1; k < n; k++) sum -= rows[i][k] * coefficients[k];
    coefficients[i] = sum / rows[i][i];
  }
  return Float32Array.from(coefficients);
};

/**
 * The linear prediction with the least squared error.
 * @param known planes of the same shape
 * @returns `coefficientCount` coefficients
 */
export const fitPrediction = (
  values: Uint8Array,
  known: readonly Uint8Array[],
  shape: PlaneShape,
): Float32Array => {
  const n = coefficientCount(known.length);
  const features = new Float64Array(n);
  const matrix = Array.from({ length: n }, () => new Float64Array(n));
  const right = new Float64Array(n);
  forEachPlace(shape, (at, x, y) => {
    readFeatures(features, values, known, shape.side, at, x, y);
    for (let i = 0; i < n; i++) {
      right[i] += features[i] * values[at];
      for (let j = 0; j <= i; j++) matrix[i][j] += features[i] * features[j];
    }
  });
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) matrix[j][i] = matrix[i][j];
  return solved(matrix, right);
};

/** The prediction of one value: the sum over its features, read without an array, because a page predicts millions. */
const predictionAt = (
  values: Uint8Array,
  known: readonly Uint8Array[],
  coefficients: Float32Array,
  side: number,
  at: number,
  x: number,
  y: number,
): number => {
  const isFirst = x === 0;
  const isLast = x === side - 1;
  const isTop = y === 0;
  const outside = known.length > 0 ? known[0][at] : unknownValue;
  let sum =
    coefficients[0] * (isFirst ? outside : values[at - 1]) +
    coefficients[1] * (isTop ? outside : values[at - side]) +
    coefficients[2] * (isFirst || isTop ? outside : values[at - side - 1]) +
    coefficients[3] * (isLast || isTop ? outside : values[at - side + 1]);
  const left = isFirst ? at : at - 1;
  const right = isLast ? at : at + 1;
  const up = isTop ? at : at - side;
  const down = y === side - 1 ? at : at + side;
  let next = ownPlaces.length;
  for (let i = 0; i < known.length; i++, next += knownPlaces.length) {
    const plane = known[i];
    sum +=
      coefficients[next] * plane[at] +
      coefficients[next + 1] * plane[left] +
      coefficients[next + 2] * plane[right] +
      coefficients[next + 3] * plane[up] +
      coefficients[next + 4] * plane[down];
  }
  return Math.min(255, Math.max(0, Math.round(sum + coefficients[next] * unknownValue)));
};

/** Upper ends of the classes of activity: the sum of the errors around a value. */
const activities = [0, 1, 2, 3, 5, 8, 13, 21, 40] as const;

/**
 * Codes planes.
 * @param values read by an encoder, and filled by a decoder
 * @param known planes of the same shape
 */
export const codePlanes = (
  code: CodeBit,
  values: Uint8Array,
  known: readonly Uint8Array[],
  coefficients: Float32Array,
  shape: PlaneShape,
): void => {
  const { side } = shape;
  const contexts = new BitContexts((activities.length + 1) * numberContexts);
  const errors = new Uint8Array(values.length);
  forEachPlace(shape, (at, x, y) => {
    const predicted = predictionAt(values, known, coefficients, side, at, x, y);
    const around =
      (x > 0 ? errors[at - 1] : 0) +
      (y > 0 ? errors[at - side] + (x + 1 < side ? errors[at - side + 1] : 0) : 0);
    let activity = 0;
    while (activity < activities.length && around > activities[activity]) activity++;
    // An encoder knows the value; the error modulo 256 as 0, -1, 1, -2, ...
    const signed = ((values[at] - predicted + 128) & 255) - 128;
    const folded = codeNumber(
      code,
      contexts,
      activity * numberContexts,
      signed < 0 ? -2 * signed - 1 : 2 * signed,
    );
    const error = folded % 2 === 1 ? -(folded + 1) / 2 : folded / 2;
    values[at] = predicted + error;
    errors[at] = Math.min(255, Math.abs(error));
  });
};
