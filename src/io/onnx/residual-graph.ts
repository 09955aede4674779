/** The residual of an image as ONNX nodes, filtered to bands of radii as the scores do it. */
import { type ComponentSettings, componentIntervals } from '#core/calibration/residual-components.ts';
import { leftOut } from '#core/scores/band-filter.ts';
import { channels } from '#core/scores/residual-planes.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';
import { bandMask, type FourierBasis, fourierBasis, type Matrix, transposed } from './matrices.ts';

/** Adds filters of planes of one side to a graph. Planes are [..., S, S]. */
export class PlaneFilters {
  private basis: FourierBasis | undefined;

  constructor(
    readonly graph: GraphBuilder,
    readonly side: number,
  ) {}

  /** left X right */
  between(left: Value, planes: Value, right: Value): Value {
    const { graph } = this;
    return graph.node('MatMul', [graph.node('MatMul', [left, planes]), right]);
  }

  /** The same filter along columns and rows: M X M^T. */
  both(name: string, planes: Value, make: () => Matrix): Value {
    const matrix = this.graph.constant(name, make);
    const turned = this.graph.constant(`${name}-transposed`, () => transposed(make()));
    return this.between(matrix, planes, turned);
  }

  /** Coefficients of planes in the Fourier basis. */
  coefficients(planes: Value): Value {
    return this.both('fourier', planes, () => this.fourier.matrix);
  }

  /** Planes of coefficients. */
  planes(coefficients: Value): Value {
    const matrix = this.graph.constant('fourier', () => this.fourier.matrix);
    const turned = this.graph.constant('fourier-transposed', () => transposed(this.fourier.matrix));
    return this.between(turned, coefficients, matrix);
  }

  mask(low: number, high: number): Float64Array {
    return bandMask(this.fourier, low, high);
  }

  private get fourier(): FourierBasis {
    this.basis ??= fourierBasis(this.side);
    return this.basis;
  }
}

/**
 * The residual's frequencies with radius in [low, high].
 * @param residual [N, 3, S, S]
 */
export const addBand = (filters: PlaneFilters, residual: Value, low: number, high: number): Value => {
  const { graph, side } = filters;
  switch (leftOut(side, low, high)) {
    case 'nothing':
      return residual;
    case 'mean':
      return graph.node('Sub', [residual, graph.node('ReduceMean', [residual], { axes: [2, 3] })]);
    case 'more': {
      const mask = graph.constant('band', () => ({ shape: [side, side], values: filters.mask(low, high) }));
      return filters.planes(graph.node('Mul', [filters.coefficients(residual), mask]));
    }
  }
};

/**
 * The planes that are calibrated together.
 * @param residual [N, 3, S, S]
 * @returns [N, d, S, S]; component b of channel c has index b + c d / 3
 */
export const addComponents = (filters: PlaneFilters, residual: Value, settings: ComponentSettings): Value => {
  const { graph, side } = filters;
  const bands = componentIntervals(side, settings);
  if (bands.length === 1) return addBand(filters, residual, bands[0]!.low, bands[0]!.high);
  const masks = graph.constant('bands', () => ({
    shape: [bands.length, side, side],
    values: bands.flatMap(({ low, high }) => Array.from(filters.mask(low, high))),
  }));
  const coefficients = filters.coefficients(residual);
  const apart = graph.node('Unsqueeze', [coefficients, graph.integers(2)]);
  const planes = filters.planes(graph.node('Mul', [apart, masks]));
  return graph.node('Reshape', [planes, graph.integers(-1, channels * bands.length, side, side)]);
};
