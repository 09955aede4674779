/** SSIM on the processor. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { gaussianWindow } from '#core/ssim-window.ts';
import type { ProcessorBackend } from '../../cpu/processor-backend.ts';
import type { OpKernels } from '../../op-kernels.ts';
import { ssimCalls, ssimGradientCall, ssimParts } from './ssim-calls.ts';
import {
  type SsimAttributes,
  type SsimGradientInputs,
  type SsimInputs,
  ssimGradientKernel,
  ssimKernel,
  ssimShapeOf,
} from './ssim-kernels.ts';
import { windowCounts } from './ssim-plan.ts';

/** The window in float64: each value is two floats of a tensor. */
const tapsOf = (processor: ProcessorBackend, { window, sigma }: SsimAttributes): TensorInfo =>
  processor.constant(
    `ssim-window-${window}-${sigma}`,
    [window, 2],
    () => new Float32Array(gaussianWindow(window, sigma).buffer),
  );

/** Kernels of the SSIM loss on the processor. */
export const ssimProcessorKernels: OpKernels = {
  [ssimKernel]: ({ inputs, attrs, backend }) => {
    const { x, y } = inputs as SsimInputs;
    const attributes = attrs as SsimAttributes;
    const processor = backend as ProcessorBackend;
    const shape = ssimShapeOf(x.shape);
    const loss = processor.makeOutput([]);
    const maps = processor.makeOutput([3 * windowCounts(shape, attributes.window).all]);
    const parts = processor.makeOutput([ssimParts(shape, attributes.window), 2]);
    const calls = ssimCalls(shape, attributes, {
      x: processor.addressOf(x),
      y: processor.addressOf(y),
      taps: processor.addressOf(tapsOf(processor, attributes)),
      maps: processor.addressOf(maps),
      parts: processor.addressOf(parts),
      loss: processor.addressOf(loss),
    });
    for (const call of calls) processor.run(call);
    processor.disposeData(parts.dataId);
    return [loss, maps];
  },

  [ssimGradientKernel]: ({ inputs, attrs, backend }) => {
    const { x, y, maps, dy } = inputs as SsimGradientInputs;
    const attributes = attrs as SsimAttributes;
    const processor = backend as ProcessorBackend;
    const gradient = processor.makeOutput(y.shape);
    processor.run(
      ssimGradientCall(ssimShapeOf(x.shape), attributes.window, {
        x: processor.addressOf(x),
        y: processor.addressOf(y),
        taps: processor.addressOf(tapsOf(processor, attributes)),
        maps: processor.addressOf(maps),
        dy: processor.addressOf(dy),
        gradient: processor.addressOf(gradient),
      }),
    );
    return gradient;
  },
};
