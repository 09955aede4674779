/** The input gradient of a convolution on WASM: forward convolutions of dy with rearranged filters. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { floatsOf, makeFloats } from '#gpu/wasm/wasm-backend.ts';
import { hasFewInputPixels, runFewPixelsInputGradient } from './few-pixels-wasm.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { runXnnpackConvolution } from './xnnpack-wasm.ts';

/**
 * Pixels of dx at s t + phase along one axis. Pixel t sums over dy[t + offset], offset from `first` to `last`, times
 * the filter's tap phase + pad - s offset.
 */
interface PhaseWindow {
  readonly phase: number;
  readonly first: number;
  readonly taps: number;
  /** Number of such pixels. */
  readonly length: number;
  /** Zeros before and after dy that give at least as many. */
  readonly padding: readonly [number, number];
}

const phaseWindow = (
  phase: number,
  stride: number,
  { size, outputSize, kernel, pad }: Record<'size' | 'outputSize' | 'kernel' | 'pad', number>,
): PhaseWindow => {
  // An offset of 0 is always among them, with a tap of zeros where the filter has none, so that no padding is negative.
  const first = Math.min(0, Math.ceil((phase + pad - kernel + 1) / stride));
  const last = Math.max(0, Math.floor((phase + pad) / stride));
  const length = Math.ceil((size - phase) / stride);
  return {
    phase,
    first,
    taps: last - first + 1,
    length,
    padding: [-first, Math.max(0, length - outputSize + last)],
  };
};

/** The taps of one class of pixels, each transposed to [out, in]. */
const writeClassFilter = (
  target: Float32Array,
  filter: Float32Array,
  geometry: ConvolutionGeometry,
  { rows, columns }: { rows: PhaseWindow; columns: PhaseWindow },
): void => {
  const { kernelRows, kernelColumns, inputChannels, outputChannels, stride, padRows, padColumns } = geometry;
  const tapSize = inputChannels * outputChannels;
  for (let tap = 0; tap < rows.taps * columns.taps; tap++) {
    const rowOffset = rows.first + Math.floor(tap / columns.taps);
    const columnOffset = columns.first + (tap % columns.taps);
    const a = rows.phase + padRows - stride * rowOffset;
    const b = columns.phase + padColumns - stride * columnOffset;
    const start = tap * tapSize;
    if (a < 0 || a >= kernelRows || b < 0 || b >= kernelColumns) {
      target.fill(0, start, start + tapSize);
      continue;
    }
    const source = (a * kernelColumns + b) * tapSize;
    for (let output = 0; output < outputChannels; output++) {
      const row = start + output * inputChannels;
      for (let input = 0; input < inputChannels; input++) {
        target[row + input] = filter[source + input * outputChannels + output]!;
      }
    }
  }
};

/** Puts the pixels of one class into dx. `part` may have more rows and columns than the class has pixels. */
const scatterClass = (
  dx: Float32Array,
  part: Float32Array,
  { batch, rows, columns, inputChannels, stride }: ConvolutionGeometry,
  window: { rows: PhaseWindow; columns: PhaseWindow },
  [partRows, partColumns]: readonly [number, number],
): void => {
  for (let image = 0; image < batch; image++) {
    for (let i = 0; i < window.rows.length; i++) {
      let source = (image * partRows + i) * partColumns * inputChannels;
      const row = image * rows + i * stride + window.rows.phase;
      let target = (row * columns + window.columns.phase) * inputChannels;
      for (let j = 0; j < window.columns.length; j++) {
        for (let channel = 0; channel < inputChannels; channel++) {
          dx[target + channel] = part[source + channel]!;
        }
        source += inputChannels;
        target += stride * inputChannels;
      }
    }
  }
};

/**
 * dx for a given dy. With stride 1 one convolution of dy with the flipped, transposed filter; else the pixels of dx
 * fall in stride x stride classes that each see their own taps: one smaller convolution a class, none of whose
 * products is wasted on zeros.
 * @returns float32 [N, H, W, in]; the caller owns it
 */
export const runInputGradient = (
  backend: BackendWasm,
  geometry: ConvolutionGeometry,
  dy: TensorInfo,
  filter: TensorInfo,
): TensorInfo => {
  if (hasFewInputPixels(geometry)) return runFewPixelsInputGradient(backend, geometry, dy, filter);
  const { batch, rows, columns, inputChannels, outputChannels, stride } = geometry;
  const axes = {
    rows: { size: rows, outputSize: geometry.outputRows, kernel: geometry.kernelRows, pad: geometry.padRows },
    columns: {
      size: columns,
      outputSize: geometry.outputColumns,
      kernel: geometry.kernelColumns,
      pad: geometry.padColumns,
    },
  };
  const convolve = (window: { rows: PhaseWindow; columns: PhaseWindow }): TensorInfo => {
    const taps = makeFloats(backend, [window.rows.taps, window.columns.taps, outputChannels, inputChannels]);
    writeClassFilter(floatsOf(backend, taps), floatsOf(backend, filter), geometry, window);
    const part = runXnnpackConvolution(backend, dy, taps, {
      padRows: window.rows.padding,
      padColumns: window.columns.padding,
    });
    backend.disposeData(taps.dataId);
    return part;
  };
  if (stride === 1) {
    return convolve({ rows: phaseWindow(0, 1, axes.rows), columns: phaseWindow(0, 1, axes.columns) });
  }
  const dx = makeFloats(backend, [batch, rows, columns, inputChannels]);
  if (stride > Math.min(geometry.kernelRows, geometry.kernelColumns)) floatsOf(backend, dx).fill(0);
  for (let rowPhase = 0; rowPhase < Math.min(stride, rows); rowPhase++) {
    for (let columnPhase = 0; columnPhase < Math.min(stride, columns); columnPhase++) {
      const window = {
        rows: phaseWindow(rowPhase, stride, axes.rows),
        columns: phaseWindow(columnPhase, stride, axes.columns),
      };
      // A 1x1 filter with stride 2 sees one pixel in four.
      if (!seesTap(window.rows, stride, axes.rows) || !seesTap(window.columns, stride, axes.columns))
        continue;
      const part = convolve(window);
      scatterClass(floatsOf(backend, dx), floatsOf(backend, part), geometry, window, [
        part.shape[1]!,
        part.shape[2]!,
      ]);
      backend.disposeData(part.dataId);
    }
  }
  return dx;
};

/** Whether the filter has a tap for the pixels of this phase at all. */
const seesTap = (
  { phase, first, taps }: PhaseWindow,
  stride: number,
  { kernel, pad }: { readonly kernel: number; readonly pad: number },
): boolean => {
  for (let offset = first; offset < first + taps; offset++) {
    const tap = phase + pad - stride * offset;
    if (tap >= 0 && tap < kernel) return true;
  }
  return false;
};
