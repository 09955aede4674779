/** The processor's kernel of a RAdam step: two commands over all parameters. */
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { ProcessorBackend } from '../../cpu/processor-backend.ts';
import type { OpKernels } from '../../op-kernels.ts';
import { flatLayout } from '../flat/flat-layout.ts';
import { listOf } from '../flat/tensor-list.ts';
import { radamCalls } from './radam-calls.ts';

/** Kernels of a RAdam step on the processor. */
export const radamStepProcessorKernels: OpKernels = {
  ResiduaRadamStep: ({ inputs, attrs, backend }) => {
    const processor = backend as ProcessorBackend;
    const { moments, numbers, loss, refused } = inputs as Readonly<
      Record<'moments' | 'numbers' | 'loss' | 'refused', TensorInfo>
    >;
    const { rectified } = attrs as { rectified: boolean };
    const gradients = listOf(inputs, 'gradient');
    const parameters = listOf(inputs, 'parameter');
    const sizes = parameters.map(({ shape }) => util.sizeFromShape(shape));
    const { offsets, size: half } = flatLayout(sizes);
    const calls = radamCalls(
      parameters.map((parameter, index) => ({
        values: processor.addressOf(parameter),
        gradient: processor.addressOf(gradients[index]!),
        size: sizes[index]!,
        offset: offsets[index]!,
      })),
      {
        numbers: processor.addressOf(numbers),
        moments: processor.addressOf(moments),
        loss: processor.addressOf(loss),
        refused: processor.addressOf(refused),
        half,
        rectified,
      },
    );
    for (const call of calls) processor.run(call);
    return [];
  },
};
