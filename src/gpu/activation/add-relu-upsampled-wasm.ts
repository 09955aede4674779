/**
 * The WASM kernels of ReLU of a sum whose second part is enlarged by 2: loops over the heap, ReLU as arithmetic as in
 * the other activations.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { floatsOf, makeFloats } from '#gpu/wasm/wasm-backend.ts';

type Shape = [number, number, number, number];

registerKernel({
  kernelName: 'ResiduaAddReluUpsampled',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend }) => {
    const { a, b } = inputs as { a: TensorInfo; b: TensorInfo };
    const wasm = backend as BackendWasm;
    const [batch, smallRows, smallColumns, channels] = b.shape as Shape;
    const y = makeFloats(wasm, a.shape);
    const [large, small, result] = [floatsOf(wasm, a), floatsOf(wasm, b), floatsOf(wasm, y)];
    let at = 0;
    for (let row = 0; row < batch * smallRows * 2; row++) {
      const rowStart = (row >> 1) * smallColumns * channels;
      for (let column = 0; column < smallColumns * 2; column++) {
        const source = rowStart + (column >> 1) * channels;
        for (let channel = 0; channel < channels; channel++) {
          const sum = large[at]! + small[source + channel]!;
          result[at++] = 0.5 * (sum + Math.abs(sum));
        }
      }
    }
    return y;
  },
});

registerKernel({
  kernelName: 'ResiduaAddReluUpsampledGradient',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend }) => {
    const { y, dy } = inputs as { y: TensorInfo; dy: TensorInfo };
    const wasm = backend as BackendWasm;
    const [batch, rows, columns, channels] = y.shape as Shape;
    const da = makeFloats(wasm, y.shape);
    const db = makeFloats(wasm, [batch, rows / 2, columns / 2, channels]);
    const [values, slopes] = [floatsOf(wasm, y), floatsOf(wasm, dy)];
    const [large, small] = [floatsOf(wasm, da), floatsOf(wasm, db)];
    const below = columns * channels;
    let target = 0;
    for (let row = 0; row < batch * rows; row += 2) {
      for (let column = 0; column < columns; column += 2) {
        const corner = (row * columns + column) * channels;
        for (let at = corner; at < corner + channels; at++) {
          const right = at + channels;
          const topLeft = slopes[at]! * +(values[at]! > 0);
          const topRight = slopes[right]! * +(values[right]! > 0);
          const bottomLeft = slopes[at + below]! * +(values[at + below]! > 0);
          const bottomRight = slopes[right + below]! * +(values[right + below]! > 0);
          large[at] = topLeft;
          large[right] = topRight;
          large[at + below] = bottomLeft;
          large[right + below] = bottomRight;
          small[target++] = topLeft + topRight + (bottomLeft + bottomRight);
        }
      }
    }
    return [da, db];
  },
});
