/** The weighted spectral residual (Eq. 8) as ONNX nodes: a separable transform of half of the spectrum by matrices. */
import { frequencyRadius } from '#core/scores/band.ts';
import { channels } from '#core/scores/residual-planes.ts';
import type { ScoreSettings } from '#core/scores/score-settings.ts';
import { symmetricWeight } from '#core/scores/spectral-score.ts';
import type { Constant, GraphBuilder, Value } from './graph-builder.ts';
import { halfTransform, transposed, wholeTransform } from './matrices.ts';

/** Columns v = 0 to S / 2 hold all of a real plane's spectrum; the others are their mirror images. */
const copiesOf = (v: number, side: number): number => (v === 0 || v === side / 2 ? 1 : 2);

/** A value at each frequency of the half spectrum, [S, S / 2 + 1]: u along the rows, v along the columns. */
const halfSpectrum = (side: number, value: (u: number, v: number) => number): Constant => {
  const columns = side / 2 + 1;
  const length = side * columns;
  return {
    shape: [side, columns],
    values: Float64Array.from({ length }, (_, at) => value(Math.floor(at / columns), at % columns)),
  };
};

/**
 * Adds the mean of w |D| over frequencies and channels, and the map |IDFT2(w D)|^2 summed over channels.
 * @param residual [N, 3, S, S]
 * @param weight w(u, v), [S, S] row-major, unshifted
 */
export const addSpectral = (
  graph: GraphBuilder,
  side: number,
  residual: Value,
  { bandLow, bandHigh }: Pick<ScoreSettings, 'bandLow' | 'bandHigh'>,
  weight: Float32Array,
): { readonly map: Value; readonly score: Value } => {
  const half = halfTransform(side);
  const whole = wholeTransform(side);
  const cosines = graph.constant('cosines', () => whole.cosines);
  const sines = graph.constant('sines', () => whole.sines);
  const multiply = (left: Value, right: Value): Value => graph.node('MatMul', [left, right]);
  const gains = graph.constant('weight', () =>
    halfSpectrum(side, (u, v) => {
      const radius = frequencyRadius(u, v, side);
      return radius >= bandLow && radius <= bandHigh ? symmetricWeight(weight, side, u, v) : 0;
    }),
  );

  // D = (C - i S)(R C' - i R S') with the rows' matrices C', S' and the columns' C, S.
  const rowCosines = multiply(
    residual,
    graph.constant('half-cosines', () => half.cosines),
  );
  const rowSines = multiply(
    residual,
    graph.constant('half-sines', () => half.sines),
  );
  const weighted = (spectrum: Value): Value => graph.node('Mul', [spectrum, gains]);
  const real = weighted(graph.node('Sub', [multiply(cosines, rowCosines), multiply(sines, rowSines)]));
  const imaginary = weighted(
    graph.node('Neg', [graph.node('Add', [multiply(sines, rowCosines), multiply(cosines, rowSines)])]),
  );

  const powers = [real, imaginary].map((part) => graph.node('Mul', [part, part]));
  const magnitude = graph.node('Sqrt', [graph.node('Add', powers)]);
  const shares = graph.constant('shares', () =>
    halfSpectrum(side, (_, v) => copiesOf(v, side) / (channels * side ** 2)),
  );
  const score = graph.sum(graph.node('Mul', [magnitude, shares]), 1, 2, 3);

  // The inverse: columns by (C + i S), then the real part of rows by (C' + i S'), with each column's mirror image.
  const columnReal = graph.node('Sub', [multiply(cosines, real), multiply(sines, imaginary)]);
  const columnImaginary = graph.node('Add', [multiply(sines, real), multiply(cosines, imaginary)]);
  const back = (name: 'cosines' | 'sines'): Value =>
    graph.constant(`half-${name}-back`, () => {
      const { shape, values } = transposed(half[name]);
      const share = (at: number): number => copiesOf(Math.floor(at / side), side) / side ** 2;
      return { shape, values: values.map((value, at) => value * share(at)) };
    });
  const planes = graph.node('Sub', [
    multiply(columnReal, back('cosines')),
    multiply(columnImaginary, back('sines')),
  ]);
  return { map: graph.node('ReduceSumSquare', [planes], { axes: [1] }), score };
};
