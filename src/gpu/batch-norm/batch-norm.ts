/** Batch normalisation as tfjs ops: training with batch statistics (with its gradient), and application of given ones. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import {
  engine,
  type NamedAttrMap,
  registerGradient,
  registerKernel,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { runElementwise } from '#gpu/elementwise/elementwise-program.ts';
import { releaseOutputGradient, releaseSaved } from '#gpu/tape/release.ts';
import { channelVectorsOf } from './channel-plan.ts';
import { rowsAndChannels, runGradientSums, runMoments } from './reduction.ts';

const trainKernel = 'ResiduaBatchNormTrain';
const trainGradientKernel = 'ResiduaBatchNormTrainGradient';
const applyKernel = 'ResiduaBatchNormApply';

/** PyTorch's default, added to the variance. */
export const batchNormEpsilon = 1e-5;

export interface BatchNormOptions {
  /** Added to the variance; 1e-5 by default. */
  readonly epsilon?: number;
  /** Whether ReLU follows in the same kernel; false by default. */
  readonly relu?: boolean;
}

type KernelInputs = Readonly<Record<'x' | 'affine' | 'moments' | 'dy', TensorInfo>>;

interface Attributes extends NamedAttrMap {
  epsilon: number;
  relu: boolean;
}

/** WGSL: the normalised x (`normal`), its scale, and the output before ReLU (`y`), at `index`. */
const normalise = /* wgsl */ `
      let channel = index % uniforms.channelVectors;
      let weight = affine[channel];
      let inverse = 1.0 / sqrt(moments[uniforms.channelVectors + channel] + uniforms.epsilon);
      let normal = (x[index] - moments[channel]) * inverse;
      let y = normal * weight + affine[uniforms.channelVectors + channel];`;

const runNormalise = (
  backend: WebGPUBackend,
  { x, moments, affine }: Pick<KernelInputs, 'x' | 'moments' | 'affine'>,
  { epsilon, relu }: Attributes,
): TensorInfo => {
  const { components, channelVectors } = channelVectorsOf(rowsAndChannels(x.shape).channels);
  return runElementwise(
    backend,
    {
      name: relu ? 'batch-norm-relu' : 'batch-norm',
      inputs: { x, moments, affine },
      components,
      uniforms: [
        { name: 'channelVectors', type: 'int32', value: channelVectors },
        { name: 'epsilon', type: 'float32', value: epsilon },
      ],
      // A comparison, not max: max may turn NaN into 0 and hide a run that has diverged.
      body: `${normalise}
      result[index] = ${relu ? 'select(y, Value(0.0), y < Value(0.0))' : 'y'};`,
    },
    x.shape,
  );
};

const runInputGradient = (
  backend: WebGPUBackend,
  { x, dy, moments, affine }: KernelInputs,
  sums: TensorInfo,
  { epsilon, relu }: Attributes,
): TensorInfo => {
  const { rows, channels } = rowsAndChannels(x.shape);
  const { components, channelVectors } = channelVectorsOf(channels);
  return runElementwise(
    backend,
    {
      name: relu ? 'batch-norm-gradient-relu' : 'batch-norm-gradient',
      inputs: { x, dy, moments, affine, sums },
      components,
      uniforms: [
        { name: 'channelVectors', type: 'int32', value: channelVectors },
        { name: 'epsilon', type: 'float32', value: epsilon },
        { name: 'inverseRows', type: 'float32', value: 1 / rows },
      ],
      body: /* wgsl */ `${normalise}
      let slope = ${relu ? 'select(Value(0.0), dy[index], y > Value(0.0))' : 'dy[index]'};
      let average = (sums[uniforms.channelVectors + channel] + normal * sums[channel]) * uniforms.inverseRows;
      result[index] = weight * inverse * (slope - average);`,
    },
    x.shape,
  );
};

registerKernel({
  kernelName: trainKernel,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, affine } = inputs as KernelInputs;
    const webgpu = backend as WebGPUBackend;
    const moments = runMoments(webgpu, x);
    return [runNormalise(webgpu, { x, moments, affine }, attrs as Attributes), moments];
  },
});

registerKernel({
  kernelName: trainGradientKernel,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const given = inputs as KernelInputs;
    const webgpu = backend as WebGPUBackend;
    const sums = runGradientSums(webgpu, given, attrs as Attributes);
    return [runInputGradient(webgpu, given, sums, attrs as Attributes), sums];
  },
});

registerKernel({
  kernelName: applyKernel,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, attrs, backend }) =>
    runNormalise(backend as WebGPUBackend, inputs as KernelInputs, attrs as Attributes),
});

registerGradient({
  kernelName: trainKernel,
  inputsToSave: ['x', 'affine'],
  outputsToSave: [false, true],
  gradFunc: (dys, saved, attrs) => {
    const [dy] = dys as Tensor[];
    const [x, affine, moments] = saved as [Tensor, Tensor, Tensor];
    const [dx, daffine] = engine().runKernel<Tensor[]>(
      trainGradientKernel,
      { x, affine, moments, dy: dy! },
      attrs,
    ) as [Tensor, Tensor];
    releaseSaved([x, affine, moments]);
    releaseOutputGradient(dy!);
    return { x: () => dx, affine: () => daffine };
  },
});

const attributes = ({ epsilon = batchNormEpsilon, relu = false }: BatchNormOptions): Attributes => ({
  epsilon,
  relu,
});

const checkShapes = (x: Tensor4D, pairs: Readonly<Record<string, Tensor2D>>): void => {
  const channels = x.shape[3];
  for (const [name, { shape }] of Object.entries(pairs)) {
    if (shape.length !== 2 || shape[0] !== 2 || shape[1] !== channels) {
      throw new RangeError(
        `Batch norm of [${x.shape}] got ${name} of shape [${shape}], expected [2, ${channels}].`,
      );
    }
  }
};

/**
 * Normalises each channel by its mean and biased variance over batch and pixels, then scales and shifts:
 * y = (x - mean) / sqrt(variance + epsilon) * weight + bias, with ReLU after it where asked.
 * Differentiable in `x` and `affine` through `y`; the moments are for running averages and carry no gradient.
 * Source: Ioffe and Szegedy, arXiv 1502.03167, as `torch.nn.BatchNorm2d` in training.
 * @param x float32 [N, H, W, C]
 * @param affine float32 [2, C]: weight (gamma), then bias (beta)
 * @returns y like x, and moments [2, C]: mean, then biased variance; both are the caller's
 * @throws RangeError where affine does not fit x
 */
export const batchNormTrain = (
  x: Tensor4D,
  affine: Tensor2D,
  options: BatchNormOptions = {},
): { y: Tensor4D; moments: Tensor2D } => {
  checkShapes(x, { affine });
  const [y, moments] = engine().runKernel<Tensor[]>(trainKernel, { x, affine }, attributes(options)) as [
    Tensor4D,
    Tensor2D,
  ];
  return { y, moments };
};

/**
 * Normalises by given statistics, as `torch.nn.BatchNorm2d` in evaluation, with ReLU after it where asked.
 * Not differentiable.
 * @param x float32 [N, H, W, C]
 * @param affine float32 [2, C]: weight, then bias
 * @param statistics float32 [2, C]: mean, then variance
 * @returns y like x; the caller disposes it
 * @throws RangeError where affine or statistics do not fit x
 */
export const batchNormApply = (
  x: Tensor4D,
  affine: Tensor2D,
  statistics: Tensor2D,
  options: BatchNormOptions = {},
): Tensor4D => {
  checkShapes(x, { affine, statistics });
  return engine().runKernel(applyKernel, { x, affine, moments: statistics }, attributes(options));
};
