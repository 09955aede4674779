/** Nearest-neighbour enlargement by 2 and its gradient, on WASM. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { floatsOf, makeFloats } from '#gpu/wasm/wasm-backend.ts';

type Shape = [number, number, number, number];

/** Repeats every pixel in a 2x2 square: float32 [N, 2H, 2W, C] from [N, H, W, C]; the caller owns it. */
export const enlarge = (backend: BackendWasm, x: TensorInfo): TensorInfo => {
  const [batch, rows, columns, channels] = x.shape as Shape;
  const y = makeFloats(backend, [batch, 2 * rows, 2 * columns, channels]);
  const [small, large] = [floatsOf(backend, x), floatsOf(backend, y)];
  let at = 0;
  for (let row = 0; row < batch * rows * 2; row++) {
    for (let column = 0; column < columns * 2; column++) {
      const source = ((row >> 1) * columns + (column >> 1)) * channels;
      for (let channel = 0; channel < channels; channel++) large[at++] = small[source + channel]!;
    }
  }
  return y;
};

/** Sums every 2x2 square: float32 [N, H, W, C] from [N, 2H, 2W, C]; the caller owns it. */
export const sumSquares = (backend: BackendWasm, dy: TensorInfo): TensorInfo => {
  const [batch, rows, columns, channels] = dy.shape as Shape;
  const dx = makeFloats(backend, [batch, rows / 2, columns / 2, channels]);
  const [large, small] = [floatsOf(backend, dy), floatsOf(backend, dx)];
  const below = columns * channels;
  let target = 0;
  for (let row = 0; row < batch * rows; row += 2) {
    for (let column = 0; column < columns; column += 2) {
      const corner = (row * columns + column) * channels;
      for (let at = corner; at < corner + channels; at++) {
        const right = at + channels;
        small[target++] = large[at]! + large[right]! + (large[at + below]! + large[right + below]!);
      }
    }
  }
  return dx;
};
