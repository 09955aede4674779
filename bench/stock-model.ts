/**
 * The same training step on stock tfjs kernels, without kernels of our own. Two things differ from ours, the
 * first in stock's favor: the loss is our WFDL in both, because the transform of tfjs has no gradient and
 * takes O(N^2); and Adam replaces RAdam, which tfjs lacks.
 */
import * as tf from '@tensorflow/tfjs-core';
import { createLoss } from '#losses/create-loss.ts';
import { autoencoderLayers, type Layer, type ResidualBlockLayer } from '#model/architecture.ts';
import { initialValue, type ParameterSpec, parameterSpecs } from '#model/parameters.ts';
import { benchImages } from './images.ts';
import { type StepSize, stepSettings, type TrainingStep } from './step.ts';

/** PyTorch's default, which our batch norm also has. */
const epsilon = 1e-5;

/** The variables of a parameter by name; batch norm's weight and bias are separate tensors, as stock kernels need them. */
const variablesOf = (spec: ParameterSpec): [string, tf.Variable][] => {
  const values = initialValue(spec, stepSettings.seed, stepSettings.initialisation);
  if (spec.kind !== 'batch-norm') return [[spec.name, tf.variable(tf.tensor(values, [...spec.shape]))]];
  const channels = spec.shape[1];
  return [
    [`${spec.name}.weight`, tf.variable(tf.tensor1d(values.subarray(0, channels)))],
    [`${spec.name}.bias`, tf.variable(tf.tensor1d(values.subarray(channels)))],
  ];
};

type Named = <T extends tf.Tensor>(name: string) => T;

/** Padding of 1 on every side, as in PyTorch: 'same' pads only at the end if the stride is 2. */
const conv3x3 = (x: tf.Tensor4D, filter: tf.Tensor4D, stride: number): tf.Tensor4D =>
  tf.conv2d(x, filter, stride, [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ]);

const batchNorm = (x: tf.Tensor4D, name: string, named: Named): tf.Tensor4D => {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  return tf.batchNorm(
    x,
    mean as tf.Tensor1D,
    variance as tf.Tensor1D,
    named<tf.Tensor1D>(`${name}.bias`),
    named<tf.Tensor1D>(`${name}.weight`),
    epsilon,
  );
};

const residualBlock = (
  x: tf.Tensor4D,
  { name, stride, projection }: ResidualBlockLayer,
  named: Named,
): tf.Tensor4D => {
  const first = conv3x3(x, named(`${name}.conv1.weight`), stride);
  const hidden = tf.relu(batchNorm(first, `${name}.bn1`, named));
  const branch = batchNorm(conv3x3(hidden, named(`${name}.conv2.weight`), 1), `${name}.bn2`, named);
  if (!projection) return tf.relu(tf.add(branch, x));
  const projected = tf.conv2d(x, named<tf.Tensor4D>(`${name}.downsample.0.weight`), stride, 'valid');
  return tf.relu(tf.add(branch, batchNorm(projected, `${name}.downsample.1`, named)));
};

const runLayer = (x: tf.Tensor4D, layer: Layer, named: Named): tf.Tensor4D => {
  switch (layer.kind) {
    case 'residual-block':
      return residualBlock(x, layer, named);
    case 'upsample':
      return tf.image.resizeNearestNeighbor(x, [layer.outputSide, layer.outputSide]);
    case 'output':
      return tf.sigmoid(
        tf.add(conv3x3(x, named(`${layer.name}.weight`), 1), named<tf.Tensor1D>(`${layer.name}.bias`)),
      );
  }
};

/** The model of Table I with the same initial weights as ours, in training on stock kernels. */
export const createStockStep = ({ side, batch, width }: StepSize): TrainingStep => {
  const images = benchImages(batch, side);
  const architecture = autoencoderLayers(side, width);
  const byName = new Map(parameterSpecs(architecture).flatMap(variablesOf));
  const variables = [...byName.values()];
  // The names are those of the specs from which the layers were created.
  const named: Named = <T extends tf.Tensor>(name: string) => byName.get(name)! as tf.Tensor as T;
  const loss = createLoss(stepSettings, side);
  const optimizer = tf.train.adam(stepSettings.learningRate);
  return {
    step: () => {
      const x = tf.tensor4d(images, [batch, side, side, 3]);
      const { value, grads } = tf.variableGrads(() => {
        let y = x;
        for (const layer of [...architecture.encoder, ...architecture.decoder]) y = runLayer(y, layer, named);
        return loss.loss(x, y);
      }, variables);
      optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
      tf.dispose(grads);
      x.dispose();
      return value;
    },
    dispose: () => {
      optimizer.dispose();
      loss.dispose();
      tf.dispose(variables);
    },
  };
};
