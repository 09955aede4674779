/** The autoencoder as a function of its input and named parameters. Their ownership and the kind of batch norm are inputs. */
import { type Tensor, type Tensor1D, type Tensor2D, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { addRelu, biasSigmoid } from '#engine/ops/activation/activation.ts';
import { addReluUpsampled } from '#engine/ops/activation/add-relu-upsampled.ts';
import { convolution } from '#engine/ops/conv/convolution.ts';
import { upsampleConvolution } from '#engine/ops/conv/upsample-convolution.ts';
import type { Architecture, OutputLayer, ResidualBlockLayer } from './architecture.ts';

/** The options of a batch norm. */
export interface Normalization {
  /** Whether ReLU follows. */
  readonly relu: boolean;
  /**
   * Number of the layer's values per value of x: 4 if x is enlarged only after the batch norm, which commutes with it; else 1.
   * Mean and variance are the same; the count that makes a variance unbiased differs.
   */
  readonly copies: 1 | 4;
}

/** Inputs of a forward pass besides its image. */
export interface NetworkContext {
  /** Returns the parameter with this name. */
  parameter(name: string): Tensor;
  /**
   * Applies the batch norm of the module with this name. Training, running averages, recalibration and evaluation differ only here.
   */
  normalize(name: string, x: Tensor4D, affine: Tensor2D, how: Normalization): Tensor4D;
}

const filterOf = (context: NetworkContext, module: string): Tensor4D =>
  context.parameter(`${module}.weight`) as Tensor4D;

const normalize = (context: NetworkContext, module: string, x: Tensor4D, how: Normalization): Tensor4D =>
  context.normalize(module, x, context.parameter(module) as Tensor2D, how);

/**
 * conv - BN - ReLU - conv - BN, plus the shortcut, then ReLU (He et al., arXiv 1512.03385).
 * @param enlarge whether x is enlarged first. The enlarged tensor never exists: the first convolution includes the
 *   enlargement, and the shortcut, which works pixel by pixel, is enlarged while it is added.
 */
const residualBlock = (
  x: Tensor4D,
  { name, stride, projection }: ResidualBlockLayer,
  context: NetworkContext,
  enlarge: boolean,
): Tensor4D => {
  const filter = filterOf(context, `${name}.conv1`);
  const hidden = normalize(
    context,
    `${name}.bn1`,
    enlarge ? upsampleConvolution(x, filter) : convolution(x, filter, { stride }),
    { relu: true, copies: 1 },
  );
  const branch = normalize(context, `${name}.bn2`, convolution(hidden, filterOf(context, `${name}.conv2`)), {
    relu: false,
    copies: 1,
  });
  const shortcut = projection
    ? normalize(
        context,
        `${name}.downsample.1`,
        convolution(x, filterOf(context, `${name}.downsample.0`), { stride }),
        { relu: false, copies: enlarge ? 4 : 1 },
      )
    : x;
  return enlarge ? addReluUpsampled(branch, shortcut) : addRelu(branch, shortcut);
};

const output = (x: Tensor4D, { name }: OutputLayer, context: NetworkContext, enlarge: boolean): Tensor4D => {
  const filter = filterOf(context, name);
  return biasSigmoid(
    enlarge ? upsampleConvolution(x, filter) : convolution(x, filter),
    context.parameter(`${name}.bias`) as Tensor1D,
  );
};

const runLayer = (
  x: Tensor4D,
  layer: ResidualBlockLayer | OutputLayer,
  context: NetworkContext,
  enlarge: boolean,
): Tensor4D =>
  layer.kind === 'output' ? output(x, layer, context, enlarge) : residualBlock(x, layer, context, enlarge);

/**
 * Reconstructs a batch. Each layer frees the tensors that it does not return; a gradient tape retains the ones it needs.
 * @param x float32 [N, S, S, 3] in [0, 1]; the caller owns it
 * @returns float32 [N, S, S, 3] in [0, 1]; the caller disposes it
 */
export const runAutoencoder = (
  x: Tensor4D,
  architecture: Architecture,
  context: NetworkContext,
): Tensor4D => {
  let current = x;
  let enlarge = false;
  for (const layer of [...architecture.encoder, ...architecture.decoder]) {
    if (layer.kind === 'upsample') {
      enlarge = true;
      continue;
    }
    const input = current;
    const enlarged = enlarge;
    current = tidy(() => runLayer(input, layer, context, enlarged));
    enlarge = false;
    if (input !== x) input.dispose();
  }
  return current;
};
