/** The autoencoder as a function of its input and named parameters; who owns them and how batch norm works come in. */
import { type Tensor, type Tensor1D, type Tensor2D, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { addRelu, biasSigmoid } from '#gpu/activation/activation.ts';
import { convolution } from '#gpu/conv/convolution.ts';
import { upsampleNearest } from '#gpu/upsample/upsample-nearest.ts';
import type { Architecture, Layer, OutputLayer, ResidualBlockLayer } from './architecture.ts';

/** What a forward pass needs besides its input. */
export interface NetworkContext {
  /** The parameter of that name. */
  parameter(name: string): Tensor;
  /**
   * Batch norm of the module of that name, with ReLU after it where asked. Training, running averages, recalibration and
   * evaluation differ in this alone.
   */
  normalise(name: string, x: Tensor4D, affine: Tensor2D, relu: boolean): Tensor4D;
}

const filterOf = (context: NetworkContext, module: string): Tensor4D =>
  context.parameter(`${module}.weight`) as Tensor4D;

const normalise = (context: NetworkContext, module: string, x: Tensor4D, relu: boolean): Tensor4D =>
  context.normalise(module, x, context.parameter(module) as Tensor2D, relu);

/** conv - BN - ReLU - conv - BN, plus the shortcut, then ReLU (He et al., arXiv 1512.03385). */
const residualBlock = (
  x: Tensor4D,
  { name, stride, projection }: ResidualBlockLayer,
  context: NetworkContext,
): Tensor4D => {
  const hidden = normalise(
    context,
    `${name}.bn1`,
    convolution(x, filterOf(context, `${name}.conv1`), { stride }),
    true,
  );
  const branch = normalise(
    context,
    `${name}.bn2`,
    convolution(hidden, filterOf(context, `${name}.conv2`)),
    false,
  );
  if (!projection) return addRelu(branch, x);
  const shortcut = normalise(
    context,
    `${name}.downsample.1`,
    convolution(x, filterOf(context, `${name}.downsample.0`), { stride }),
    false,
  );
  return addRelu(branch, shortcut);
};

const output = (x: Tensor4D, { name }: OutputLayer, context: NetworkContext): Tensor4D =>
  biasSigmoid(convolution(x, filterOf(context, name)), context.parameter(`${name}.bias`) as Tensor1D);

const runLayer = (x: Tensor4D, layer: Layer, context: NetworkContext): Tensor4D => {
  switch (layer.kind) {
    case 'residual-block':
      return residualBlock(x, layer, context);
    case 'upsample':
      return upsampleNearest(x);
    case 'output':
      return output(x, layer, context);
  }
};

/**
 * Reconstructs a batch. Each layer frees what it does not hand on; a gradient tape keeps what it needs by itself.
 * @param x float32 [N, S, S, 3] in [0, 1]; stays the caller's
 * @returns float32 [N, S, S, 3] in [0, 1]; the caller disposes it
 */
export const runAutoencoder = (
  x: Tensor4D,
  architecture: Architecture,
  context: NetworkContext,
): Tensor4D => {
  let current = x;
  for (const layer of [...architecture.encoder, ...architecture.decoder]) {
    const input = current;
    current = tidy(() => runLayer(input, layer, context));
    if (input !== x) input.dispose();
  }
  return current;
};
