/** The WebGPU kernel that merges moments into statistics in place: one program for all batch norms. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import { runElementwise } from '../elementwise/elementwise-program.ts';
import { flatLayout } from '../flat/flat-layout.ts';
import { changeFlat, withFlat } from '../flat/flat-webgpu.ts';
import { listOf } from '../flat/tensor-list.ts';
import { rowsAndChannels } from './rows-and-channels.ts';
import type { MergeAttributes } from './running-statistics.ts';

/**
 * For each mean the distance to its variance, and at each variance the negative of its factor; 0 elsewhere. A float32 holds
 * every count of channels exactly.
 */
const pairTable = (targets: readonly TensorInfo[], varianceFactors: readonly number[]): Float32Array => {
  const { offsets, size } = flatLayout(targets.map(({ shape }) => util.sizeFromShape(shape)));
  const table = new Float32Array(size);
  for (const [index, { shape }] of targets.entries()) {
    const { channels } = rowsAndChannels(shape);
    const variances = offsets[index]! + channels;
    table.fill(channels, offsets[index]!, variances);
    table.fill(-varianceFactors[index]!, variances, variances + channels);
  }
  return table;
};

/** One thread has both values of a channel, since the variance needs the mean from before. */
const body = /* wgsl */ `
  if (table[index] > 0.0) {
    let row = index + i32(table[index]);
    let delta = moments[index] - result[index];
    let change = -table[row] * moments[row] - result[row];
    result[index] = result[index] + numbers[0] * delta;
    result[row] = result[row] + numbers[0] * change + numbers[1] * delta * delta;
  }`;

/** Kernels of running statistics on WebGPU. */
export const runningStatisticsWebgpuKernels: OpKernels = {
  ResiduaMergeMoments: ({ inputs, attrs, backend }) => {
    const webgpu = backend as WebGPUBackend;
    const targets = listOf(inputs, 'target');
    const { numbers } = inputs as { numbers: TensorInfo };
    const { varianceFactors } = attrs as MergeAttributes;
    const values = pairTable(targets, varianceFactors);
    const table = webgpu.makeTensorInfo([values.length], 'float32', values);
    withFlat(webgpu, listOf(inputs, 'moments'), (moments) =>
      changeFlat(webgpu, targets, (target) =>
        runElementwise(
          webgpu,
          { name: 'batch-norm-merge', inputs: { moments, table, numbers }, components: 1, body },
          target,
        ),
      ),
    );
    webgpu.disposeData(table.dataId);
    return [];
  },
};
