/** Runs a kernel of line transforms: the frame around its WGSL. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { dispatch, floatUniforms, integerUniforms } from '../../../webgpu/dispatch.ts';
import type { WorkgroupLimits } from '../plan.ts';

/** A program and its inputs. */
export interface LineProgram {
  /** Names the WGSL: two sources that differ have different keys. */
  readonly key: string;
  /** WGSL with `fn main(index : i32)`; `index / invocations` is the workgroup. Must guard against surplus groups. */
  readonly code: string;
  readonly groups: number;
  readonly invocations: number;
  /** Inputs by name: the tensor and the components of its array's elements, 1 for f32 and 2 for vec2f. */
  readonly inputs: Readonly<Record<string, readonly [TensorInfo, 1 | 2]>>;
  readonly integers: Readonly<Record<string, number>>;
  readonly floats?: Readonly<Record<string, number>>;
  readonly outputComponents: 1 | 2;
}

/** Every WebGPU device has at least this much. */
const guaranteedStorageBytes = 16_384;

/** Several warps per workgroup fill a GPU, and are as fast as smaller workgroups on lavapipe, Mesa's CPU device. */
const cooperative = { invocations: 128, exchange: 'workgroup' } as const;

/**
 * On SwiftShader each barrier is expensive, and it clears workgroup memory word by word for each subgroup of four threads. (On
 * lavapipe a private array is no option: it takes half a minute to compile.)
 */
const serial = { invocations: 16, exchange: 'private' } as const;

const isSwiftShader = ({ device }: WebGPUBackend): boolean =>
  device.adapterInfo?.architecture === 'swiftshader';

/** The workgroups that suit this device. */
export const workgroupLimits = (backend: WebGPUBackend): WorkgroupLimits => ({
  ...(isSwiftShader(backend) ? serial : cooperative),
  storageBytes: Math.max(guaranteedStorageBytes, backend.device.limits.maxComputeWorkgroupStorageSize),
});

/**
 * Records the kernel.
 * @param output float count of a new float32 tensor, which the caller owns, or an existing tensor that is read and
 *   written in place as `result`
 */
export const runLineProgram = (
  backend: WebGPUBackend,
  { key, code, groups, invocations, inputs, integers, floats = {}, outputComponents }: LineProgram,
  output: number | TensorInfo,
): TensorInfo =>
  dispatch(
    backend,
    {
      key,
      code: () => code,
      workgroups: groups,
      workgroupThreads: invocations,
      inputs,
      uniforms: [...integerUniforms(integers), ...floatUniforms(floats)],
      resultComponents: outputComponents,
    },
    typeof output === 'number' ? [output] : output,
  );
