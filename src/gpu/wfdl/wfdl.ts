/**
 * The weighted frequency domain loss (Eq. 8; Eq. 5 where every weight is 1) with its analytic gradient as one tfjs
 * operation: rows of y - x, then columns, weight and inverse columns in one kernel, which also yields the loss; inverse
 * rows in the backward pass. Four dispatches in all, and one buffer of the images' size.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { ResiduaError } from '#core/errors.ts';
import { webgpuBackend } from '../backend.ts';
import { columnIntegers } from '../fft/column-wgsl.ts';
import { runLineProgram, workgroupLimits } from '../fft/line-program.ts';
import {
  type ColumnPlan,
  exchangePoints,
  type ImageShape,
  packedPoints,
  planColumns,
  type WorkgroupLimits,
} from '../fft/plan.ts';
import { imageShapeOf } from '../fft/rfft2d.ts';
import { runForwardRows, runInverseRows } from '../fft/row-kernels.ts';
import { twiddlesOf } from '../fft/twiddles.ts';
import { generateWfdlColumns, generateWfdlSum, sumBytesPerInvocation, sumInvocations } from './wfdl-wgsl.ts';

const lossName = 'ResiduaWfdl';
const gradientName = 'ResiduaWfdlGradient';

interface WfdlAttributes {
  readonly shape: ImageShape;
  readonly limits: WorkgroupLimits;
  readonly imageShape: readonly number[];
}

interface LossInputs {
  readonly x: tf.TensorInfo;
  readonly y: tf.TensorInfo;
  readonly weight: tf.TensorInfo;
  /** Overwritten: receives the weighted unit spectrum as packed rows, and the parts of the loss behind it. */
  readonly scratch: tf.TensorInfo;
}

const columnPlan = ({ shape, limits }: Pick<WfdlAttributes, 'shape' | 'limits'>): ColumnPlan =>
  planColumns(shape, limits, sumBytesPerInvocation);

const runColumns = (
  backend: WebGPUBackend,
  shape: ImageShape,
  plan: ColumnPlan,
  { weight, scratch }: LossInputs,
): void => {
  const { length } = plan.line;
  const points = packedPoints(shape);
  runLineProgram(
    backend,
    {
      key: `wfdl-columns-${plan.exchange}-${length}-${plan.lines}`,
      code: generateWfdlColumns(plan),
      groups: plan.groups,
      invocations: plan.invocations,
      inputs: {
        ...(plan.exchange !== 'none' ? { twiddles: [twiddlesOf(backend, length), 2] as const } : {}),
        weight: [weight, 1],
      },
      integers: {
        ...columnIntegers(shape, plan, points + plan.groups),
        groups: plan.groups,
        packedPoints: points,
      },
      outputComponents: 2,
    },
    scratch,
  );
};

const lossKernel: tf.KernelFunc = ({ inputs, backend, attrs }) => {
  const lossInputs = inputs as unknown as LossInputs;
  const { shape, limits } = attrs as unknown as WfdlAttributes;
  const webgpu = backend as WebGPUBackend;
  const plan = columnPlan({ shape, limits });
  runForwardRows(webgpu, shape, limits, [lossInputs.x, lossInputs.y], lossInputs.scratch);
  runColumns(webgpu, shape, plan, lossInputs);
  const { dataId } = runLineProgram(
    webgpu,
    {
      key: 'wfdl-sum',
      code: generateWfdlSum(),
      groups: 1,
      invocations: sumInvocations,
      inputs: { parts: [lossInputs.scratch, 2] },
      integers: { groups: plan.groups, packedPoints: packedPoints(shape) },
      floats: { scale: 1 / (2 * packedPoints(shape)) },
      outputComponents: 1,
    },
    1,
  );
  return { dataId, dtype: 'float32', shape: [] };
};

const gradientKernel: tf.KernelFunc = ({ inputs, backend, attrs }) => {
  const { scratch, dy } = inputs as unknown as { scratch: tf.TensorInfo; dy: tf.TensorInfo };
  const { shape, limits, imageShape } = attrs as unknown as WfdlAttributes;
  // IDFT2's 1/MN and the mean over batch and channels.
  const scale = 1 / (2 * packedPoints(shape));
  const { dataId } = runInverseRows(backend as WebGPUBackend, shape, limits, scratch, scale, dy);
  return { dataId, dtype: 'float32', shape: [...imageShape] };
};

const runKernel = (name: string, inputs: tf.NamedTensorMap, attributes: WfdlAttributes): tf.Tensor =>
  tf.engine().runKernel(name, inputs, attributes as unknown as tf.NamedAttrMap);

tf.registerKernel({ kernelName: lossName, backendName: 'webgpu', kernelFunc: lossKernel });
tf.registerKernel({ kernelName: gradientName, backendName: 'webgpu', kernelFunc: gradientKernel });
tf.registerGradient({
  kernelName: lossName,
  inputsToSave: ['scratch'],
  gradFunc: (dy, saved, attrs) => {
    const y = () =>
      runKernel(gradientName, { scratch: saved[0], dy: dy as tf.Tensor }, attrs as unknown as WfdlAttributes);
    return { x: () => tf.neg(y()), y };
  },
});

/**
 * Eq. 8: mean over batch, channels and frequencies of w(u, v) |D(u, v)|, D = DFT2(y - x) unnormalised. Its gradient with
 * respect to y is Re IDFT2(w D / |D|) / (batch * channels), 0 where D = 0, and with respect to x the negative of that;
 * the weight has none. Same inputs, same device: same bits.
 * @param x float32 [B, M, N, C]; M and N powers of two from 8 to 512
 * @param y likewise
 * @param weight float32 [M, N], unshifted, as `frequencyWeight` makes it
 * @param limits workgroups to use instead of those that suit the device: tests run a GPU's on a CPU so
 * @returns a float32 scalar, which the caller disposes
 * @throws ResiduaError `internal` where the shapes do not match or a side is not supported.
 */
export const wfdlLoss = (
  x: tf.Tensor4D,
  y: tf.Tensor4D,
  weight: tf.Tensor2D,
  limits: WorkgroupLimits = workgroupLimits(webgpuBackend()),
): tf.Scalar => {
  const shape = imageShapeOf(x.shape, true);
  if (!tf.util.arraysEqual(x.shape, y.shape)) {
    throw new ResiduaError(
      'internal',
      `The loss compares images of shape [${x.shape.join(', ')}] and [${y.shape.join(', ')}], expected one shape.`,
      '',
    );
  }
  if (!tf.util.arraysEqual(weight.shape, [shape.rows, shape.columns])) {
    throw new ResiduaError(
      'internal',
      `The loss got a weight of shape [${weight.shape.join(', ')}], expected [${shape.rows}, ${shape.columns}].`,
      '',
    );
  }
  const backend = webgpuBackend();
  const plan = columnPlan({ shape, limits });
  const points = packedPoints(shape) + plan.groups + exchangePoints(plan);
  const scratch = tf.engine().makeTensorFromTensorInfo(backend.makeTensorInfo([2 * points], 'float32'));
  const loss = runKernel(lossName, { x, y, weight, scratch }, { shape, limits, imageShape: x.shape });
  scratch.dispose();
  return loss as tf.Scalar;
};
