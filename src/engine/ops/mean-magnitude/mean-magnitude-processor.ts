/** The mean spectrum on the processor. */
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import * as kernels from '../../cpu/kernel-numbers.ts';
import { floatWord } from '../../cpu/processor.ts';
import type { ProcessorBackend } from '../../cpu/processor-backend.ts';
import type { OpKernels } from '../../op-kernels.ts';
import { columnsCall, planSpectrum } from '../fft/cpu/spectrum-calls.ts';
import { processorTwiddles } from '../fft/cpu/twiddles-processor.ts';
import { type MeanMagnitudeAttributes, meanMagnitudeName } from './mean-magnitude-attributes.ts';

const floatBytes = 4;

const kernelFunc: KernelFunc = ({ inputs, backend, attrs }) => {
  const { x } = inputs as { x: TensorInfo };
  const { shape } = attrs as unknown as MeanMagnitudeAttributes;
  const processor = backend as ProcessorBackend;
  const plan = planSpectrum(shape);
  const mean = processor.makeOutput([shape.rows, shape.columns]);
  const spectrum = processor.makeOutput([plan.bytes / floatBytes]);
  processor.run(
    columnsCall(
      plan,
      {
        images: processor.addressOf(x),
        spectrum: processor.addressOf(spectrum),
        twiddles: processor.addressOf(processorTwiddles(processor, shape.rows)),
      },
      1,
    ),
  );
  processor.run({
    kernel: kernels.meanMagnitudeRows,
    words: [
      processor.addressOf(spectrum),
      processor.addressOf(mean),
      processor.addressOf(processorTwiddles(processor, shape.columns)),
      shape.outer,
      shape.rows,
      shape.columns,
      shape.inner,
      plan.groupBytes,
      floatWord(1 / (shape.outer * shape.inner)),
    ],
    chunks: plan.groups,
  });
  processor.disposeData(spectrum.dataId);
  return mean;
};

/** Kernels of the mean spectrum on the processor. */
export const meanMagnitudeProcessorKernels: OpKernels = {
  [meanMagnitudeName]: kernelFunc,
};
