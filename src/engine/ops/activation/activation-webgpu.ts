/** The WebGPU kernels of the activations. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import { deviceClassOf } from '../../webgpu/device-class.ts';
import { dispatch, integerUniforms } from '../../webgpu/dispatch.ts';
import {
  type LaneStruct,
  type LanesVariant,
  lanePlace,
  laneStruct,
  valueAlias,
} from '../batch-norm/lanes-wgsl.ts';
import {
  type NormalizationPlan,
  planNormalization,
  type RowGroups,
} from '../batch-norm/normalization-plan.ts';
import { rowsAndChannels } from '../batch-norm/rows-and-channels.ts';
import { runElementwise } from '../elementwise/elementwise-program.ts';
import { vectorComponents } from '../elementwise/vector-components.ts';

type Inputs = Readonly<Record<string, TensorInfo>>;

const elements = ({ shape }: TensorInfo): number => util.sizeFromShape(shape);

const channelSum: LaneStruct = {
  name: 'ChannelSum',
  fields: { bias: 'Value' },
  join: 'return ChannelSum(a.bias + b.bias);',
};

/**
 * The gradient in x of a group of rows, and its sums over these rows. Bindings: `y`, `dy`; result dx; `sums`
 * [groups, channels].
 */
const generateSigmoidGradient = (variant: LanesVariant): string => /* wgsl */ `
    ${valueAlias(variant.components)}
    ${laneStruct(variant, channelSum)}
    fn main(thread : i32) {
      ${lanePlace(variant)}
      var own = ChannelSum(Value(0.0));
      if (inside) {
        for (var row = start + lane; row < end; row += uniforms.lanes) {
          let at = row * uniforms.channelVectors + channel;
          let slope = dy[at] * y[at] * (1.0 - y[at]);
          result[at] = slope;
          own.bias += slope;
        }
      }
      let all = joinedLanes(own, slot);
      if (inside && lane == 0) {
        sums[group * uniforms.channelVectors + channel] = all.bias;
      }
    }`;

/** Adds up the sums of all groups: `partial` [rows, channels]; result [channels]. */
const generateSumJoin = (variant: LanesVariant): string => /* wgsl */ `
    ${valueAlias(variant.components)}
    ${laneStruct(variant, channelSum)}
    fn main(thread : i32) {
      ${lanePlace(variant)}
      var own = ChannelSum(Value(0.0));
      if (inside) {
        for (var row = start + lane; row < end; row += uniforms.lanes) {
          own.bias += partial[row * uniforms.channelVectors + channel];
        }
      }
      let all = joinedLanes(own, slot);
      if (inside && lane == 0) {
        result[channel] = all.bias;
      }
    }`;

/** The dispatch parameters of a program that processes groups of some rows of a plan. */
const groupedRows = (
  { threads, components, tile, lanes, joints, channelVectors, channelTiles }: NormalizationPlan,
  rows: number,
  { rowsPerGroup, groups }: RowGroups,
) => ({
  workgroups: groups * channelTiles,
  workgroupThreads: threads,
  uniforms: integerUniforms({
    rows,
    rowsPerGroup,
    groups,
    channelTiles,
    tile,
    joints,
    lanes,
    channelVectors,
  }),
  resultComponents: components,
});

/** Kernels of the activations on WebGPU. */
export const activationWebgpuKernels: OpKernels = {
  ResiduaAddRelu: ({ inputs, backend }) => {
    const { a, b } = inputs as Inputs as { a: TensorInfo; b: TensorInfo };
    return runElementwise(
      backend as WebGPUBackend,
      {
        name: 'add-relu',
        inputs: { a, b },
        components: vectorComponents(elements(a)),
        // A comparison, not max: max may turn NaN into 0 and hide a run that has diverged.
        body: /* wgsl */ `
      let sum = a[index] + b[index];
      result[index] = select(sum, Value(0.0), sum < Value(0.0));`,
      },
      a.shape,
    );
  },

  ResiduaAddReluGradient: ({ inputs, backend }) => {
    const { y, dy } = inputs as Inputs as { y: TensorInfo; dy: TensorInfo };
    return runElementwise(
      backend as WebGPUBackend,
      {
        name: 'add-relu-gradient',
        inputs: { y, dy },
        components: vectorComponents(elements(y)),
        body: 'result[index] = select(Value(0.0), dy[index], y[index] > Value(0.0));',
      },
      y.shape,
    );
  },

  ResiduaBiasSigmoid: ({ inputs, backend }) => {
    const { x, bias } = inputs as Inputs as { x: TensorInfo; bias: TensorInfo };
    const { channels } = rowsAndChannels(x.shape);
    const components = vectorComponents(channels);
    const bits = components === 4 ? 'vec4<u32>' : 'u32';
    return runElementwise(
      backend as WebGPUBackend,
      {
        name: 'bias-sigmoid',
        inputs: { x, bias },
        components,
        uniforms: [{ name: 'channelVectors', type: 'int32', value: channels / components }],
        // NaN is passed on as bits: exp on some devices turns it into a number, which would hide a run that
        // has diverged.
        body: /* wgsl */ `
      let sum = x[index] + bias[index % uniforms.channelVectors];
      let isNan = (bitcast<${bits}>(sum) & ${bits}(0x7fffffffu)) > ${bits}(0x7f800000u);
      result[index] = select(1.0 / (1.0 + exp(-sum)), sum, isNan);`,
      },
      x.shape,
    );
  },

  ResiduaBiasSigmoidGradient: ({ inputs, backend }) => {
    const { y, dy } = inputs as Inputs as { y: TensorInfo; dy: TensorInfo };
    const webgpu = backend as WebGPUBackend;
    const { rows, channels } = rowsAndChannels(y.shape);
    const plan = planNormalization(rows, channels, deviceClassOf(webgpu));
    const { reduce, components, threads } = plan;
    const sums = webgpu.makeTensorInfo([reduce.groups * channels], 'float32');
    const flat = dispatch(
      webgpu,
      {
        key: `bias-sigmoid-gradient-${components}-${threads}`,
        code: () => generateSigmoidGradient(plan),
        inputs: { y: [y, components], dy: [dy, components] },
        outputs: { sums: [sums, components] },
        ...groupedRows(plan, rows, reduce),
      },
      [rows * channels],
    );
    const dx = { ...flat, shape: y.shape };
    if (reduce.groups === 1) return [dx, { ...sums, shape: [channels] }];
    const dbias = dispatch(
      webgpu,
      {
        key: `channel-sums-${components}-${threads}`,
        code: () => generateSumJoin(plan),
        inputs: { partial: [sums, components] },
        ...groupedRows(plan, reduce.groups, { rowsPerGroup: reduce.groups, groups: 1 }),
      },
      [channels],
    );
    webgpu.disposeData(sums.dataId);
    return [dx, dbias];
  },
};
