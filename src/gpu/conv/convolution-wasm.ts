/** The convolution's WASM kernels: all three directions on XNNPACK's forward products. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvolutionAttributes, convolutionKernels } from './convolution-kernels.ts';
import { runFilterGradient } from './filter-gradient-wasm.ts';
import { runForward } from './forward-wasm.ts';
import { type ConvolutionGeometry, convolutionGeometry } from './geometry.ts';
import { runInputGradient } from './input-gradient-wasm.ts';

type Inputs = Readonly<Record<'x' | 'filter' | 'dy', TensorInfo>>;

const register = (
  kernelName: string,
  run: (backend: BackendWasm, geometry: ConvolutionGeometry, inputs: Inputs) => TensorInfo,
): void => {
  registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { inputShape, filterShape, stride } = attrs as ConvolutionAttributes;
      const geometry = convolutionGeometry(inputShape, filterShape, stride);
      return run(backend as BackendWasm, geometry, inputs as Inputs);
    },
  });
};

register(convolutionKernels.forward, (backend, geometry, { x, filter }) =>
  runForward(backend, geometry, x, filter),
);
register(convolutionKernels.inputGradient, (backend, geometry, { dy, filter }) =>
  runInputGradient(backend, geometry, dy, filter),
);
register(convolutionKernels.filterGradient, (backend, geometry, { x, dy }) =>
  runFilterGradient(backend, geometry, x, dy),
);
