/** The autoencoder as a function of its input, named parameters and kind of batch norm. It owns none of them. */
import { type Tensor, type Tensor1D, type Tensor2D, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { biasSigmoid } from '#engine/ops/activation/activation.ts';
import { convolution } from '#engine/ops/conv/convolution.ts';
import { upsampleConvolution } from '#engine/ops/conv/upsample-convolution.ts';
import type { Architecture, OutputLayer, ResidualBlockLayer } from './architecture.ts';
import type { Normalization, NormalizedTensor } from './normalization.ts';

/** Inputs of a forward pass besides its image. */
export interface NetworkContext {
  /** Returns the parameter with this name. */
  parameter(name: string): Tensor;
  readonly normalization: Normalization;
}

const filterOf = (context: NetworkContext, module: string): Tensor4D =>
  context.parameter(`${module}.weight`) as Tensor4D;

const normalized = (context: NetworkContext, name: string, x: Tensor4D): NormalizedTensor => ({
  name,
  x,
  affine: context.parameter(name) as Tensor2D,
});

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
  const { normalization } = context;
  const filter = filterOf(context, `${name}.conv1`);
  const first = enlarge ? upsampleConvolution(x, filter) : convolution(x, filter, { stride });
  const hidden = normalization.hidden(normalized(context, `${name}.bn1`, first));
  const second = convolution(hidden, filterOf(context, `${name}.conv2`));
  const branch = normalized(context, `${name}.bn2`, second);
  if (!projection) return normalization.end(branch, { x });
  const projected = convolution(x, filterOf(context, `${name}.downsample.0`), { stride });
  return normalization.end(branch, normalized(context, `${name}.downsample.1`, projected));
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
