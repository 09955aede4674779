/** The processor's kernel of a curriculum's weight: powers with their sums in float64, then the weight. */
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { ProcessorBackend } from '../../cpu/processor-backend.ts';
import type { OpKernels } from '../../op-kernels.ts';
import { curriculumCalls, curriculumRoom } from './curriculum-calls.ts';

const floatBytes = 4;

/** Kernels of a curriculum's weight on the processor. */
export const curriculumWeightProcessorKernels: OpKernels = {
  ResiduaCurriculumWeight: ({ inputs, attrs, backend }) => {
    const processor = backend as ProcessorBackend;
    const { weight, exponent } = inputs as Readonly<Record<'weight' | 'exponent', TensorInfo>>;
    const { dcWeight } = attrs as { dcWeight: number };
    const size = util.sizeFromShape(weight.shape);
    const result = processor.makeOutput(weight.shape);
    const parts = processor.makeOutput([curriculumRoom(size) / floatBytes]);
    const calls = curriculumCalls(size, dcWeight, {
      weight: processor.addressOf(weight),
      exponent: processor.addressOf(exponent),
      result: processor.addressOf(result),
      parts: processor.addressOf(parts),
    });
    for (const call of calls) processor.run(call);
    processor.disposeData(parts.dataId);
    return result;
  },
};
