/** Runs the reductions of batch normalisation: mean and variance, and the sums of its gradient. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { deviceClassOf } from '../../webgpu/device-class.ts';
import { dispatch, floatUniforms, integerUniforms } from '../../webgpu/dispatch.ts';
import { type ChannelPlan, planChannelReduction } from './channel-plan.ts';
import {
  generateGradientCombine,
  generateGradientPartial,
  generateMomentsCombine,
  generateMomentsPartial,
} from './reduction-wgsl.ts';
import { rowsAndChannels } from './rows-and-channels.ts';

const runReduction = (
  backend: WebGPUBackend,
  plan: ChannelPlan,
  pass: { name: string; groups: number; epsilon: number; code: string },
  inputs: Readonly<Record<string, TensorInfo>>,
): TensorInfo => {
  const { rows, rowsPerGroup, groups, channelTiles, tile, joints, lanes, channelVectors } = plan;
  return dispatch(
    backend,
    {
      key: `${pass.name}-${plan.components}-${plan.threads}`,
      code: () => pass.code,
      workgroups: pass.groups * channelTiles,
      workgroupThreads: plan.threads,
      inputs: Object.fromEntries(
        Object.entries(inputs).map(([name, tensor]) => [name, [tensor, plan.components] as const]),
      ),
      uniforms: [
        ...integerUniforms({ rows, rowsPerGroup, groups, channelTiles, tile, joints, lanes, channelVectors }),
        ...floatUniforms({ epsilon: pass.epsilon }),
      ],
      resultComponents: plan.components,
    },
    [pass.groups * 2 * plan.channels],
  );
};

const asPair = ({ dataId, dtype }: TensorInfo, channels: number): TensorInfo => ({
  dataId,
  dtype,
  shape: [2, channels],
});

/**
 * Mean and biased variance of each channel over all rows.
 * @param x float32, channels last
 * @param device whose plan is used; tests ask for the other one
 * @returns float32 [2, channels], mean then variance; the caller disposes it
 */
export const runMoments = (
  backend: WebGPUBackend,
  x: TensorInfo,
  device = deviceClassOf(backend),
): TensorInfo => {
  const { rows, channels } = rowsAndChannels(x.shape);
  const plan = planChannelReduction(rows, channels, device);
  const { groups } = plan;
  const partial = runReduction(
    backend,
    plan,
    { name: 'moments-partial', groups, epsilon: 0, code: generateMomentsPartial(plan) },
    { x },
  );
  if (groups === 1) return asPair(partial, channels);
  const combined = runReduction(
    backend,
    plan,
    { name: 'moments-combine', groups: 1, epsilon: 0, code: generateMomentsCombine(plan) },
    { partial },
  );
  backend.disposeData(partial.dataId);
  return asPair(combined, channels);
};

/**
 * Gradients of batch norm's weight and bias.
 * @param inputs x and dy, float32, channels last; moments and affine, float32 [2, channels]
 * @param device whose plan is used; tests ask for the other one
 * @returns float32 [2, channels], weight then bias; the caller disposes it
 */
export const runGradientSums = (
  backend: WebGPUBackend,
  inputs: {
    readonly x: TensorInfo;
    readonly dy: TensorInfo;
    readonly moments: TensorInfo;
    readonly affine: TensorInfo;
  },
  { epsilon, relu }: { readonly epsilon: number; readonly relu: boolean },
  device = deviceClassOf(backend),
): TensorInfo => {
  const { rows, channels } = rowsAndChannels(inputs.x.shape);
  const plan = planChannelReduction(rows, channels, device);
  const { groups } = plan;
  const partial = runReduction(
    backend,
    plan,
    {
      name: `gradient-partial-${relu ? 'relu' : 'plain'}`,
      groups,
      epsilon,
      code: generateGradientPartial(plan, relu),
    },
    { x: inputs.x, dy: inputs.dy, moments: inputs.moments, affine: inputs.affine },
  );
  if (groups === 1) return asPair(partial, channels);
  const combined = runReduction(
    backend,
    plan,
    { name: 'gradient-combine', groups: 1, epsilon, code: generateGradientCombine(plan) },
    { partial },
  );
  backend.disposeData(partial.dataId);
  return asPair(combined, channels);
};
