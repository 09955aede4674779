/** The two-dimensional transform of real images on the processor. */
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import * as kernels from '../../../cpu/kernel-numbers.ts';
import { floatWord, type KernelCall } from '../../../cpu/processor.ts';
import type { ProcessorBackend } from '../../../cpu/processor-backend.ts';
import type { OpKernels } from '../../../op-kernels.ts';
import { forwardName, inverseName, type TransformAttributes } from '../transform-attributes.ts';
import { columnsBackCall, columnsCall, planSpectrum, rowWords, type SpectrumPlan } from './spectrum-calls.ts';
import { processorTwiddles } from './twiddles-processor.ts';

const floatBytes = 4;

const rowsCall = (
  kernel: number,
  plan: SpectrumPlan,
  [spectrum, pairs, twiddles]: readonly [number, number, number],
  { edge, interior }: TransformAttributes,
): KernelCall => ({
  kernel,
  words: [spectrum, pairs, twiddles, ...rowWords(plan), floatWord(edge), floatWord(interior)],
  chunks: plan.rows.chunks,
});

const run = (
  processor: ProcessorBackend,
  attributes: TransformAttributes,
  images: TensorInfo,
  pairs: TensorInfo,
  isForward: boolean,
): void => {
  const { shape } = attributes;
  const plan = planSpectrum(shape);
  const spectrum = processor.makeOutput([plan.bytes / floatBytes]);
  const spectrumAddress = processor.addressOf(spectrum);
  const place = {
    images: processor.addressOf(images),
    spectrum: spectrumAddress,
    twiddles: processor.addressOf(processorTwiddles(processor, shape.rows)),
  };
  const rowPlace = [
    spectrumAddress,
    processor.addressOf(pairs),
    processor.addressOf(processorTwiddles(processor, shape.columns)),
  ] as const;
  if (isForward) {
    processor.run(columnsCall(plan, place, 1));
    processor.run(rowsCall(kernels.spectrumToPairs, plan, rowPlace, attributes));
  } else {
    processor.run(rowsCall(kernels.pairsToSpectrum, plan, rowPlace, attributes));
    processor.run(columnsBackCall(plan, place, 1));
  }
  processor.disposeData(spectrum.dataId);
};

const forwardKernel: KernelFunc = ({ inputs, backend, attrs }) => {
  const { x } = inputs as { x: TensorInfo };
  const attributes = attrs as unknown as TransformAttributes;
  const processor = backend as ProcessorBackend;
  const pairs = processor.makeOutput(attributes.spectrumShape);
  run(processor, attributes, x, pairs, true);
  return pairs;
};

const inverseKernel: KernelFunc = ({ inputs, backend, attrs }) => {
  const { spectrum } = inputs as { spectrum: TensorInfo };
  const attributes = attrs as unknown as TransformAttributes;
  const processor = backend as ProcessorBackend;
  const images = processor.makeOutput(attributes.imageShape);
  run(processor, attributes, images, spectrum, false);
  return images;
};

/** Kernels of the transform and its inverse on the processor. */
export const rfft2dProcessorKernels: OpKernels = {
  [forwardName]: forwardKernel,
  [inverseName]: inverseKernel,
};
