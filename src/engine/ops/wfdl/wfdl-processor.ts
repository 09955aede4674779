/** The weighted frequency domain loss on the processor. Its forward kernel makes the gradient but for the factor dy. */
import type { KernelFunc } from '@tensorflow/tfjs-core';
import type { ProcessorBackend } from '../../cpu/processor-backend.ts';
import type { OpKernels } from '../../op-kernels.ts';
import { scaleKept } from '../elementwise/scale-kept-processor.ts';
import { planSpectrum } from '../fft/cpu/spectrum-calls.ts';
import { processorTwiddles } from '../fft/cpu/twiddles-processor.ts';
import { gradientName, type LossInputs, lossName, type WfdlAttributes } from './wfdl-attributes.ts';
import { wfdlCalls, wfdlRoom } from './wfdl-calls.ts';

const floatBytes = 4;

const lossKernel: KernelFunc = ({ inputs, backend, attrs }) => {
  const { x, y, weight, secondWeight } = inputs as unknown as LossInputs;
  const { shape, imageShape } = attrs as unknown as WfdlAttributes;
  const processor = backend as ProcessorBackend;
  const room = wfdlRoom(planSpectrum(shape));
  const loss = processor.makeOutput([]);
  const gradient = processor.makeOutput(imageShape);
  const spectrum = processor.makeOutput([room.spectrum / floatBytes]);
  const folded = processor.makeOutput([room.folded / floatBytes]);
  const parts = processor.makeOutput([room.parts / floatBytes]);
  const second = secondWeight && {
    weight: secondWeight,
    loss: processor.makeOutput([]),
    folded: processor.makeOutput([room.folded / floatBytes]),
  };
  const calls = wfdlCalls(shape, {
    x: processor.addressOf(x),
    y: processor.addressOf(y),
    weight: processor.addressOf(weight),
    loss: processor.addressOf(loss),
    gradient: processor.addressOf(gradient),
    spectrum: processor.addressOf(spectrum),
    folded: processor.addressOf(folded),
    parts: processor.addressOf(parts),
    rowTwiddles: processor.addressOf(processorTwiddles(processor, shape.columns)),
    columnTwiddles: processor.addressOf(processorTwiddles(processor, shape.rows)),
    ...(second && {
      second: {
        weight: processor.addressOf(second.weight),
        loss: processor.addressOf(second.loss),
        folded: processor.addressOf(second.folded),
      },
    }),
  });
  for (const call of calls) processor.run(call);
  for (const { dataId } of [spectrum, folded, parts]) processor.disposeData(dataId);
  if (!second) return [loss, gradient];
  processor.disposeData(second.folded.dataId);
  return [loss, gradient, second.loss];
};

/** Kernels of the weighted frequency domain loss on the processor. */
export const wfdlProcessorKernels: OpKernels = {
  [lossName]: lossKernel,
  [gradientName]: scaleKept,
};
