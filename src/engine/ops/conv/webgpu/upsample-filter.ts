/**
 * The filter of an upsampling convolution, 3x3, as the 4x4 filter of the convolution whose input gradient it is, and back.
 *
 * Along one side, the pixel o of the large image gets f[0] u[o - 1] + f[1] u[o] + f[2] u[o + 1] with u[o] = x[floor(o / 2)],
 * which is the sum over i of x[i] K[o - 2 i] with K[-1..2] = f[2], f[1] + f[2], f[0] + f[1], f[0]: entry a of K (counted
 * from 0) sums the taps from max(0, 2 - a) to min(2, 3 - a). Both sides together are the outer product of two such maps.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { vectorComponents } from '../../elementwise/vector-components.ts';
import { runConvolutionProgram } from './program.ts';
import { lines } from './wgsl-lines.ts';

const workgroupThreads = 64;

/** The taps of the 3x3 filter, along one side, that entry `entry` of the 4x4 one sums. */
const tapsOf = (entry: number): readonly number[] =>
  [0, 1, 2].filter((tap) => tap === 2 - entry || tap === 3 - entry);

/** The entries of the 4x4 filter, along one side, that contain the tap. */
const entriesOf = (tap: number): readonly number[] => [2 - tap, 3 - tap];

/** A WGSL sum of `name` over pairs of rows and columns. */
const sumOf = (name: string, rows: readonly number[], columns: readonly number[]): string =>
  rows.flatMap((row) => columns.map((column) => `${name}${row}_${column}`)).join(' + ');

/** Visits each position of a square. */
const square = (side: number, line: (row: number, column: number) => string): string =>
  lines(side, (row) => lines(side, (column) => line(row, column)));

interface Taps {
  /** Taps along one side of the source, and of the result. */
  readonly source: number;
  readonly result: number;
  /** WGSL of tap (row, column) of the result in terms of `value<row>_<column>` of the source. */
  readonly entry: (row: number, column: number) => string;
  /** Whether the two channel dimensions are exchanged. */
  readonly transpose: boolean;
}

/** Maps all taps from one array of filters to another, with one thread per pair of channels, or per four. */
const runPerPair = (
  backend: WebGPUBackend,
  name: string,
  source: TensorInfo,
  { source: sourceSide, result: resultSide, entry, transpose }: Taps,
): TensorInfo => {
  const [, , first, second] = source.shape as [number, number, number, number];
  const components = transpose ? 1 : vectorComponents(first * second);
  const pairs = (first * second) / components;
  const flat = runConvolutionProgram(
    backend,
    {
      key: `convolution-filter-${name}-${components}`,
      // Neighboring threads write neighboring values.
      generate: () => /* wgsl */ `
fn main(thread : i32) {
  if (thread >= uniforms.pairs) {
    return;
  }
  ${
    transpose
      ? `let row = thread / uniforms.first;
  let sourceAt = (thread - row * uniforms.first) * uniforms.second + row;`
      : 'let sourceAt = thread;'
  }
  ${square(sourceSide, (a, b) => `let value${a}_${b} = source[sourceAt + ${a * sourceSide + b} * uniforms.pairs];`)}
  ${square(resultSide, (a, b) => `result[thread + ${a * resultSide + b} * uniforms.pairs] = ${entry(a, b)};`)}
}`,
      threads: pairs,
      workgroupThreads,
      inputs: { source: [source, components] },
      integers: { first, second, pairs },
      resultComponents: components,
    },
    resultSide ** 2 * first * second,
  );
  const channels = transpose ? [second, first] : [first, second];
  return { ...flat, shape: [resultSide, resultSide, ...channels] };
};

/**
 * @param filter float32 [3, 3, in, out]
 * @returns float32 [4, 4, in, out]; the caller owns it
 */
export const expandFilter = (backend: WebGPUBackend, filter: TensorInfo): TensorInfo =>
  runPerPair(backend, 'expand', filter, {
    source: 3,
    result: 4,
    entry: (row, column) => sumOf('value', tapsOf(row), tapsOf(column)),
    transpose: false,
  });

/**
 * The transpose of `expandFilter`, from the gradient of the 4x4 filter to that of the 3x3 one.
 * @param gradient float32 [4, 4, out, in]
 * @returns float32 [3, 3, in, out]; the caller owns it
 */
export const foldFilter = (backend: WebGPUBackend, gradient: TensorInfo): TensorInfo =>
  runPerPair(backend, 'fold', gradient, {
    source: 4,
    result: 3,
    entry: (row, column) => sumOf('value', entriesOf(row), entriesOf(column)),
    transpose: true,
  });
