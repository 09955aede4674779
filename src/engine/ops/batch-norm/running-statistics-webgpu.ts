/** The WebGPU kernel that merges moments into statistics in place: one program for all batch norms. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import { runElementwise } from '../elementwise/elementwise-program.ts';
import { flatLayout } from '../flat/flat-layout.ts';
import { changeFlat, withFlat } from '../flat/flat-webgpu.ts';
import { listOf } from '../flat/tensor-list.ts';
import { rowsAndChannels } from './rows-and-channels.ts';
import { type MergeAttributes, momentsOfTargets } from './running-statistics.ts';

const layoutOf = (tensors: readonly TensorInfo[]) =>
  flatLayout(tensors.map(({ shape }) => util.sizeFromShape(shape)));

/**
 * Two numbers for each value of the targets' array. For a mean: the distance to its variance, and the place
 * of the new mean in the moments' array, where the new variance has the same distance. For a variance: the
 * negative of its factor, and 0. Otherwise both numbers are 0. A float32 holds every place exactly.
 */
const pairTable = (
  targets: readonly TensorInfo[],
  moments: readonly TensorInfo[],
  attributes: MergeAttributes,
): Float32Array => {
  const { offsets, size } = layoutOf(targets);
  const sources = momentsOfTargets(attributes);
  const places = layoutOf(moments).offsets;
  const table = new Float32Array(2 * size);
  for (const [index, { shape }] of targets.entries()) {
    const { channels } = rowsAndChannels(shape);
    const { tensor, row } = sources[index]!;
    const mean = offsets[index]!;
    for (let channel = 0; channel < channels; channel++) {
      table[2 * (mean + channel)] = channels;
      table[2 * (mean + channel) + 1] = places[tensor]! + row * channels + channel;
      table[2 * (mean + channels + channel)] = -attributes.varianceFactors[index]!;
    }
  }
  return table;
};

/** Compares bits, because a compiler may assume that every value is finite. */
const unlessFinite = /* wgsl */ `
    let bits = vec2<u32>(bitcast<u32>(moments[source]), bitcast<u32>(moments[source + distance]));
    if (any((bits & vec2<u32>(0x7f800000u)) == vec2<u32>(0x7f800000u))) {
      return;
    }`;

/** One thread updates both values of a channel, since the new variance depends on the old mean. */
const bodyOf = (onlyFinite: boolean): string => /* wgsl */ `
  if (table[2 * index] > 0.0) {
    let distance = i32(table[2 * index]);
    let source = i32(table[2 * index + 1]);${onlyFinite ? unlessFinite : ''}
    let row = index + distance;
    let delta = moments[source] - result[index];
    let change = -table[2 * row] * moments[source + distance] - result[row];
    result[index] = result[index] + numbers[0] * delta;
    result[row] = result[row] + numbers[0] * change + numbers[1] * delta * delta;
  }`;

/** Kernels of running statistics on WebGPU. */
export const runningStatisticsWebgpuKernels: OpKernels = {
  ResiduaMergeMoments: ({ inputs, attrs, backend }) => {
    const webgpu = backend as WebGPUBackend;
    const targets = listOf(inputs, 'target');
    const { numbers } = inputs as { numbers: TensorInfo };
    const layers = listOf(inputs, 'moments');
    const attributes = attrs as MergeAttributes;
    const values = pairTable(targets, layers, attributes);
    const { onlyFinite } = attributes;
    const name = onlyFinite ? 'batch-norm-merge-finite' : 'batch-norm-merge';
    const table = webgpu.makeTensorInfo([values.length], 'float32', values);
    withFlat(webgpu, layers, (moments) =>
      changeFlat(webgpu, targets, (target) =>
        runElementwise(
          webgpu,
          { name, inputs: { moments, table, numbers }, components: 1, body: bodyOf(onlyFinite) },
          target,
        ),
      ),
    );
    webgpu.disposeData(table.dataId);
    return [];
  },
};
