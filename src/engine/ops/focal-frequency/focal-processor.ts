/** The focal frequency loss on the processor. Its forward kernel makes the gradient but for the factor dy. */
import type { KernelFunc } from '@tensorflow/tfjs-core';
import * as kernels from '../../cpu/kernel-numbers.ts';
import { floatWord } from '../../cpu/processor.ts';
import type { ProcessorBackend } from '../../cpu/processor-backend.ts';
import type { OpKernels } from '../../op-kernels.ts';
import { scaleKept } from '../elementwise/scale-kept-processor.ts';
import {
  columnsBackCall,
  columnsCall,
  partSumCall,
  planSpectrum,
  rowWords,
  spectrumScale,
} from '../fft/cpu/spectrum-calls.ts';
import { processorTwiddles } from '../fft/cpu/twiddles-processor.ts';
import {
  type FocalAttributes,
  type FocalInputs,
  focalGradientName,
  focalName,
  squareScale,
} from './focal-attributes.ts';

const floatBytes = 4;

const lossKernel: KernelFunc = ({ inputs, backend, attrs }) => {
  const { x, y } = inputs as unknown as FocalInputs;
  const { shape, imageShape, alpha } = attrs as unknown as FocalAttributes;
  const processor = backend as ProcessorBackend;
  const plan = planSpectrum(shape);
  const loss = processor.makeOutput([]);
  const gradient = processor.makeOutput(imageShape);
  const spectrum = processor.makeOutput([plan.bytes / floatBytes]);
  const largest = processor.makeOutput([shape.outer, plan.groups, shape.inner]);
  // Two floats hold one float64.
  const parts = processor.makeOutput([plan.rows.chunks, 2]);
  const columns = {
    spectrum: processor.addressOf(spectrum),
    twiddles: processor.addressOf(processorTwiddles(processor, shape.rows)),
  };
  const rows = {
    words: [
      columns.spectrum,
      processor.addressOf(processorTwiddles(processor, shape.columns)),
      processor.addressOf(largest),
      processor.addressOf(parts),
      ...rowWords(plan),
      floatWord(alpha),
    ],
    chunks: plan.rows.chunks,
  };
  const scale = squareScale(shape);
  processor.run(
    columnsCall(
      plan,
      { ...columns, images: processor.addressOf(y), subtracted: processor.addressOf(x) },
      spectrumScale,
    ),
  );
  processor.run({ kernel: kernels.focalForward, ...rows });
  processor.run({ kernel: kernels.focalBack, ...rows });
  processor.run(
    columnsBackCall(plan, { ...columns, images: processor.addressOf(gradient) }, (2 * scale) / spectrumScale),
  );
  processor.run(
    partSumCall(processor.addressOf(parts), processor.addressOf(loss), {
      count: plan.rows.chunks,
      scale: scale / spectrumScale ** 2,
    }),
  );
  for (const { dataId } of [spectrum, largest, parts]) processor.disposeData(dataId);
  return [loss, gradient];
};

/** Kernels of the focal frequency loss on the processor. */
export const focalProcessorKernels: OpKernels = {
  [focalName]: lossKernel,
  [focalGradientName]: scaleKept,
};
