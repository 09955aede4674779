/** The processor's kernel of a tensor without values. */
import { registerKernel } from '@tensorflow/tfjs-core';
import { type ProcessorBackend, processorBackendName } from '../../cpu/processor-backend.ts';

registerKernel({
  kernelName: 'ResiduaUninitialised',
  backendName: processorBackendName,
  kernelFunc: ({ attrs, backend }) => {
    const { shape } = attrs as { shape: number[] };
    return (backend as ProcessorBackend).makeTensorInfo(shape);
  },
});
