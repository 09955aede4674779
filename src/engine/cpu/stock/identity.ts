/** Stock ops that give the same values under another handle or shape. */
import { registerKernel, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type ProcessorBackend, processorBackendName } from '../processor-backend.ts';

const sharing = (backend: ProcessorBackend, x: TensorInfo, shape: readonly number[]): TensorInfo => {
  backend.incRef(x.dataId);
  return { dataId: x.dataId, shape: [...shape], dtype: x.dtype };
};

registerKernel({
  kernelName: 'Identity',
  backendName: processorBackendName,
  kernelFunc: ({ inputs, backend }) => {
    const { x } = inputs as { x: TensorInfo };
    return sharing(backend as ProcessorBackend, x, x.shape);
  },
});

registerKernel({
  kernelName: 'Reshape',
  backendName: processorBackendName,
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x } = inputs as { x: TensorInfo };
    const { shape } = attrs as { shape: number[] };
    const whole = util.inferFromImplicitShape(shape, util.sizeFromShape(x.shape));
    return sharing(backend as ProcessorBackend, x, whole);
  },
});

registerKernel({
  kernelName: 'ExpandDims',
  backendName: processorBackendName,
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { input } = inputs as { input: TensorInfo };
    const { dim } = attrs as { dim: number };
    const shape = [...input.shape];
    shape.splice(dim < 0 ? input.shape.length + 1 + dim : dim, 0, 1);
    return sharing(backend as ProcessorBackend, input, shape);
  },
});
