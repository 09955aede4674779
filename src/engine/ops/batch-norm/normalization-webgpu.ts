/** Runs batch norm with batch statistics on WebGPU, alone or as the end of a residual block. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { DeviceClass } from '#core/device.ts';
import { deviceClassOf } from '../../webgpu/device-class.ts';
import {
  dispatch,
  floatUniforms,
  integerUniforms,
  type ProgramTensors,
  takeOver,
} from '../../webgpu/dispatch.ts';
import { generateNormalizationGradient } from './normalization-gradient-wgsl.ts';
import {
  type NormalizationPlan,
  type PlanForm,
  planNormalization,
  type RowGroups,
} from './normalization-plan.ts';
import {
  generateNormalization,
  type NormalizationVariant,
  type Pass,
  statisticsRows,
  variantKey,
} from './normalization-wgsl.ts';
import { rowsAndChannels } from './rows-and-channels.ts';

/** Options of a batch norm. */
export interface NormalizationOptions {
  /** Added to the variance. */
  readonly epsilon: number;
  /** Whether ReLU is applied to the result. */
  readonly relu: boolean;
  /**
   * Uses the plan for this class of device; the actual device's class by default. Every plan is correct on
   * every device.
   */
  readonly device?: DeviceClass;
  /** Replaces the form that suits the size. */
  readonly form?: PlanForm;
}

/** The tensors of the shortcut, which is added to the normalized x. */
export interface ShortcutTensors {
  /** Like x, or with half the sides of x if it is enlarged. */
  readonly s: TensorInfo;
  /** float32 [2, C]: weight, then bias. Given if the shortcut is normalized too. */
  readonly affine?: TensorInfo;
}

interface Layer {
  readonly backend: WebGPUBackend;
  readonly variant: NormalizationVariant;
  readonly plan: NormalizationPlan;
  readonly epsilon: number;
  /** Columns of a shortcut that is enlarged; 1 otherwise. */
  readonly columns: number;
}

const layerOf = (
  backend: WebGPUBackend,
  x: TensorInfo,
  shortcut: ShortcutTensors | undefined,
  { epsilon, relu, device = deviceClassOf(backend), form }: NormalizationOptions,
): Layer => {
  const enlarge = shortcut !== undefined && shortcut.s.shape[1] !== x.shape[1];
  const { rows, channels } = rowsAndChannels(enlarge ? shortcut.s.shape : x.shape);
  const plan = planNormalization(rows, channels, device, { valuesPerRow: enlarge ? 4 : 1, form });
  const { components, threads } = plan;
  const kind = shortcut?.affine ? 'projection' : 'identity';
  return {
    backend,
    variant: { components, threads, shortcut: shortcut ? kind : 'none', enlarge, relu },
    plan,
    epsilon,
    columns: enlarge ? shortcut.s.shape[2]! : 1,
  };
};

interface PassTensors {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly outputs?: Readonly<Record<string, TensorInfo>>;
}

/** Runs one pass over groups of rows. `parts` describes the groups whose parts the pass may read. */
const runPass = (
  { backend, variant, plan, epsilon, columns }: Layer,
  direction: 'forward' | 'backward',
  { from, to }: Pass,
  { rowsPerGroup, groups }: RowGroups,
  parts: RowGroups,
  { inputs, outputs = {} }: PassTensors,
  result: readonly number[] | TensorInfo,
): TensorInfo => {
  const { rows, components, threads, channelTiles, tile, joints, lanes, channelVectors } = plan;
  const pass = { from, to };
  const generate = direction === 'forward' ? generateNormalization : generateNormalizationGradient;
  const vectors = (tensors: Readonly<Record<string, TensorInfo>>): ProgramTensors =>
    Object.fromEntries(
      Object.entries(tensors).map(([name, tensor]) => [name, [tensor, components] as const]),
    );
  const ofShape = 'dataId' in result ? result : [result.reduce((product, size) => product * size, 1)];
  return dispatch(
    backend,
    {
      key: `normalization-${direction}-${variantKey(variant, pass)}`,
      code: () => generate(variant, pass),
      workgroups: groups * channelTiles,
      workgroupThreads: threads,
      inputs: vectors(inputs),
      outputs: vectors(outputs),
      uniforms: [
        ...integerUniforms({ rows, rowsPerGroup, groups, channelTiles, tile, joints, lanes, channelVectors }),
        ...integerUniforms({ columns, parts: parts.groups, rowsPerPart: parts.rowsPerGroup }),
        ...floatUniforms({
          epsilon,
          inverseCount: 1 / (rows * (variant.enlarge ? 4 : 1)),
          inverseSideCount: 1 / rows,
        }),
      ],
      resultComponents: components,
    },
    ofShape,
  );
};

interface Work {
  readonly layer: Layer;
  readonly direction: 'forward' | 'backward';
  /** Number of values per channel in a part. */
  readonly partRows: number;
  /** The inputs of a reduction of rows. */
  readonly reduced: Readonly<Record<string, TensorInfo>>;
  /** The other inputs and outputs of the last pass. */
  readonly applied: PassTensors;
  readonly result: readonly number[] | TensorInfo;
}

/** Runs all passes of one direction: one, or two with parts between them, or three. */
const runPasses = ({ layer, direction, partRows, reduced, applied, result }: Work): TensorInfo => {
  const { backend, plan } = layer;
  const { rows, channels, reduce, apply, form } = plan;
  const all: RowGroups = { rowsPerGroup: rows, groups: 1 };
  if (form === 'whole')
    return runPass(layer, direction, { from: 'rows', to: 'values' }, apply, all, applied, result);
  let parts = reduce;
  let partial = runPass(layer, direction, { from: 'rows', to: 'part' }, reduce, all, { inputs: reduced }, [
    reduce.groups,
    partRows,
    channels,
  ]);
  if (form === 'joined-parts') {
    const joined = runPass(
      layer,
      direction,
      { from: 'parts', to: 'part' },
      all,
      parts,
      { inputs: { partial } },
      [1, partRows, channels],
    );
    backend.disposeData(partial.dataId);
    [partial, parts] = [joined, all];
  }
  const { inputs, outputs = {} } = applied;
  const y = runPass(
    layer,
    direction,
    { from: 'parts', to: 'values' },
    apply,
    parts,
    { inputs: { ...inputs, partial }, outputs },
    result,
  );
  backend.disposeData(partial.dataId);
  return y;
};

/**
 * y = norm(x) + shortcut, normalized by the statistics of the batch, with optional ReLU after it.
 * @param x float32 [N, H, W, C]
 * @param affine float32 [2, C]: weight, then bias
 * @returns y like x, and statistics [`statisticsRows`, C]: mean and biased variance of x, those of the
 *   shortcut if it is normalized, and the weights if there is a shortcut; the caller disposes of both
 */
export const runNormalization = (
  backend: WebGPUBackend,
  {
    x,
    affine,
    shortcut,
  }: { readonly x: TensorInfo; readonly affine: TensorInfo; readonly shortcut?: ShortcutTensors },
  options: NormalizationOptions,
): readonly [TensorInfo, TensorInfo] => {
  const layer = layerOf(backend, x, shortcut, options);
  const { variant, plan } = layer;
  const isProjection = variant.shortcut === 'projection';
  const statistics = backend.makeTensorInfo([statisticsRows(variant.shortcut), plan.channels], 'float32');
  const flat = runPasses({
    layer,
    direction: 'forward',
    partRows: isProjection ? 4 : 2,
    reduced: { x, ...(isProjection ? { s: shortcut!.s } : {}) },
    applied: {
      inputs: {
        x,
        affine,
        ...(shortcut ? { s: shortcut.s } : {}),
        ...(shortcut?.affine ? { shortcutAffine: shortcut.affine } : {}),
      },
      outputs: { statistics },
    },
    result: x.shape,
  });
  return [{ ...flat, shape: x.shape }, statistics];
};

/** Inputs and kept outputs of the forward pass, and the gradient of its output. */
export interface NormalizationGradientTensors {
  readonly x: TensorInfo;
  readonly affine: TensorInfo;
  readonly statistics: TensorInfo;
  readonly dy: TensorInfo;
  /** The shortcut, with the output of the forward pass. */
  readonly shortcut?: ShortcutTensors & { readonly y: TensorInfo };
}

/** All float32; the caller disposes of them. */
export interface NormalizationGradients {
  readonly dx: TensorInfo;
  /** [2, C] */
  readonly daffine: TensorInfo;
  /** Like the shortcut, if there is one. */
  readonly ds?: TensorInfo;
  /** [2, C], if the shortcut is normalized. */
  readonly shortcutDaffine?: TensorInfo;
}

/**
 * The gradients of `runNormalization`. The gradients of x and of a normalized shortcut overwrite x and the
 * shortcut if nobody but the caller holds these: a program then has eight bindings instead of ten, and a step
 * needs less memory.
 */
export const runNormalizationGradient = (
  backend: WebGPUBackend,
  { x, affine, statistics, dy, shortcut }: NormalizationGradientTensors,
  options: NormalizationOptions,
): NormalizationGradients => {
  const layer = layerOf(backend, x, shortcut, options);
  const { channels } = layer.plan;
  const pair = (): TensorInfo => backend.makeTensorInfo([2, channels], 'float32');
  const work = (
    reduced: PassTensors['inputs'],
    inputs: PassTensors['inputs'],
    outputs: PassTensors['inputs'],
  ): TensorInfo => {
    const result = takeOver(backend, x);
    runPasses({
      layer,
      direction: 'backward',
      partRows: shortcut?.affine ? 3 : 2,
      reduced: { x, ...inputs, ...reduced },
      applied: { inputs, outputs },
      result,
    });
    return result;
  };
  const daffine = pair();
  if (!shortcut) return { dx: work({}, { dy, statistics, affine }, { daffine }), daffine };
  const { s, y } = shortcut;
  if (!shortcut.affine) {
    const ds = backend.makeTensorInfo(s.shape, 'float32');
    return { dx: work({}, { dy, statistics, y }, { daffine, ds }), daffine, ds };
  }
  const ds = takeOver(backend, s);
  const shortcutDaffine = pair();
  const dx = work({ s }, { dy, statistics, y }, { s: ds, daffine, shortcutDaffine });
  return { dx, daffine, ds, shortcutDaffine };
};
