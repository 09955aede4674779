/** Runs a kernel of line transforms: the frame around its WGSL. */
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type DeviceClass, deviceClassOf } from '#gpu/device-class.ts';
import type { WorkgroupLimits } from './plan.ts';

/** A kernel and what it runs over. */
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

const flat = ({ dataId, dtype, shape }: TensorInfo): TensorInfo => ({
  dataId,
  dtype,
  shape: [util.sizeFromShape(shape)],
});

/** What every WebGPU device allows. */
const guaranteedStorageBytes = 16_384;

/**
 * A GPU is filled by several warps a workgroup. A CPU behind WebGPU pays for each barrier and for each word of workgroup
 * memory, which SwiftShader clears anew for each of its four-thread subgroups, and needs few threads to be busy.
 */
const kinds = {
  gpu: { invocations: 128, exchange: 'workgroup' },
  cpu: { invocations: 16, exchange: 'private' },
} as const satisfies Record<DeviceClass, unknown>;

/** The workgroups that suit this device. */
export const workgroupLimits = (backend: WebGPUBackend): WorkgroupLimits => ({
  ...kinds[deviceClassOf(backend)],
  storageBytes: Math.max(guaranteedStorageBytes, backend.device.limits.maxComputeWorkgroupStorageSize),
});

/**
 * Records the kernel.
 * @param output float count of a new float32 tensor, which the caller owns, or an existing tensor that is read and
 *   written in place as `result`
 */
export const runLineProgram = (
  backend: WebGPUBackend,
  { key, code, groups, invocations, inputs, integers, floats, outputComponents }: LineProgram,
  output: number | TensorInfo,
): TensorInfo => {
  const target = typeof output === 'number' ? backend.makeTensorInfo([output], 'float32') : output;
  const flatTarget = flat(target);
  const entries = Object.entries(inputs);
  const program: WebGPUProgram = {
    shaderKey: `residua-${key}`,
    outputShape: flatTarget.shape,
    outputComponent: outputComponents,
    variableNames: entries.map(([name]) => name),
    variableComponents: entries.map(([, [, components]]) => components),
    uniforms: [
      ...Object.keys(integers).map((name) => `${name} : i32, `),
      ...Object.keys(floats ?? {}).map((name) => `${name} : f32, `),
    ].join(''),
    workgroupSize: [invocations, 1, 1],
    dispatchLayout: { x: [0] },
    dispatch: [groups, 1, 1],
    getUserCode: () => code,
  };
  backend.runWebGPUProgram(
    program,
    entries.map(([, [tensor]]) => flat(tensor)),
    'float32',
    [
      ...Object.values(integers).map((value) => ({ type: 'int32', data: [value] })),
      ...Object.values(floats ?? {}).map((value) => ({ type: 'float32', data: [value] })),
    ],
    flatTarget,
  );
  return target;
};
