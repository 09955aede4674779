/** XNNPACK's forward convolution, the one fast product of tfjs's WASM backend, as the building block of ours. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { getKernel, type TensorInfo, util } from '@tensorflow/tfjs-core';

/** Where the filter is put down: zeros around x, the step of the filter, and the step between its taps in rows. */
export interface FilterPlacement {
  readonly stride?: number;
  readonly rowDilation?: number;
  /** Zeros before and after the rows of x. */
  readonly padRows?: readonly [number, number];
  /** Zeros before and after the columns of x. */
  readonly padColumns?: readonly [number, number];
}

/**
 * tfjs keeps an XNNPACK operator with its own copy of the filter's values, under the filter's number: it would go on with
 * the old values when a filter is updated in place. Registering the filter anew ends its operators and their memory.
 */
export const forgetOperators = (backend: BackendWasm, { dataId, shape }: TensorInfo): void => {
  const { id, memoryOffset } = backend.dataIdMap.get(dataId);
  backend.wasm.tfjs.disposeData(id);
  backend.wasm.tfjs.registerTensor(id, util.sizeFromShape(shape), memoryOffset);
};

/**
 * Cross-correlation y[n, i, j, k] = sum over a, b, c of x[n, i s + a d - p, j s + b - q, c] filter[a, b, c, k].
 * @param x float32 [N, H, W, in]
 * @param filter float32 [rows, columns, in, out], any sizes
 * @returns float32 [N, rows, columns, out]; the caller owns it
 */
export const runXnnpackConvolution = (
  backend: BackendWasm,
  x: TensorInfo,
  filter: TensorInfo,
  { stride = 1, rowDilation = 1, padRows = [0, 0], padColumns = [0, 0] }: FilterPlacement = {},
): TensorInfo => {
  const y = getKernel('Conv2D', 'wasm').kernelFunc({
    inputs: { x, filter },
    attrs: {
      strides: [stride, stride],
      dilations: [rowDilation, 1],
      pad: [[0, 0], [...padRows], [...padColumns], [0, 0]],
      dataFormat: 'NHWC',
    },
    backend,
  }) as TensorInfo;
  forgetOperators(backend, filter);
  return y;
};
