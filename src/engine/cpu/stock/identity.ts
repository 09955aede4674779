/** Processor kernels of the tfjs ops that return the same values under another handle or shape. */
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import type { ProcessorBackend } from '../processor-backend.ts';

const sharing = (backend: ProcessorBackend, x: TensorInfo, shape: readonly number[]): TensorInfo => {
  backend.incRef(x.dataId);
  return { dataId: x.dataId, shape: [...shape], dtype: x.dtype };
};

/** Processor kernels of the ops whose result shares its input's values. */
export const identityKernels: OpKernels = {
  Identity: ({ inputs, backend }) => {
    const { x } = inputs as { x: TensorInfo };
    return sharing(backend as ProcessorBackend, x, x.shape);
  },

  Reshape: ({ inputs, attrs, backend }) => {
    const { x } = inputs as { x: TensorInfo };
    const { shape } = attrs as { shape: number[] };
    const whole = util.inferFromImplicitShape(shape, util.sizeFromShape(x.shape));
    return sharing(backend as ProcessorBackend, x, whole);
  },

  ExpandDims: ({ inputs, attrs, backend }) => {
    const { input } = inputs as { input: TensorInfo };
    const { dim } = attrs as { dim: number };
    const shape = [...input.shape];
    shape.splice(dim < 0 ? input.shape.length + 1 + dim : dim, 0, 1);
    return sharing(backend as ProcessorBackend, input, shape);
  },
};
