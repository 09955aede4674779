/**
 * What the autoencoder's layers hold: names, shapes and initial values, as plain data.
 *
 * Names are those of PyTorch's `state_dict` for `nn.Sequential` modules `encoder` and `decoder`: `encoder.0.conv1.weight`,
 * `encoder.0.bn1.weight`, `.bias`, `.running_mean`, `.running_var`, `encoder.0.downsample.0.weight` (the projection),
 * `encoder.0.downsample.1.*` (its batch norm), `decoder.9.weight`, `.bias` (the output). Filters stay in tfjs's layout
 * [height, width, in, out].
 */
import { createRng } from '#core/rng.ts';
import type { Architecture, Layer } from './architecture.ts';

/** A convolution's filter, a batch norm's scale and shift, or the output's bias. */
export type ParameterSpec =
  | {
      readonly kind: 'filter';
      readonly name: string;
      readonly shape: readonly [number, number, number, number];
    }
  | {
      /** Weight and bias of a batch norm in one tensor [2, C]: one gradient, one optimiser update. */
      readonly kind: 'batch-norm';
      /** The module's name, `encoder.0.bn1`. */
      readonly name: string;
      readonly shape: readonly [2, number];
    }
  | { readonly kind: 'bias'; readonly name: string; readonly shape: readonly [number] };

const filter = (name: string, size: number, input: number, output: number): ParameterSpec => ({
  kind: 'filter',
  name: `${name}.weight`,
  shape: [size, size, input, output],
});

const batchNorm = (name: string, channels: number): ParameterSpec => ({
  kind: 'batch-norm',
  name,
  shape: [2, channels],
});

const layerParameters = (layer: Layer): ParameterSpec[] => {
  const { kind, name, inputChannels, outputChannels } = layer;
  switch (kind) {
    case 'upsample':
      return [];
    case 'output':
      return [
        filter(name, 3, inputChannels, outputChannels),
        { kind: 'bias', name: `${name}.bias`, shape: [outputChannels] },
      ];
    case 'residual-block':
      return [
        filter(`${name}.conv1`, 3, inputChannels, outputChannels),
        batchNorm(`${name}.bn1`, outputChannels),
        filter(`${name}.conv2`, 3, outputChannels, outputChannels),
        batchNorm(`${name}.bn2`, outputChannels),
        ...(layer.projection
          ? [
              filter(`${name}.downsample.0`, 1, inputChannels, outputChannels),
              batchNorm(`${name}.downsample.1`, outputChannels),
            ]
          : []),
      ];
  }
};

/** All trainable tensors in the order of execution. */
export const parameterSpecs = ({ encoder, decoder }: Architecture): ParameterSpec[] =>
  [...encoder, ...decoder].flatMap(layerParameters);

/** Number of trainable values. */
export const parameterCount = (architecture: Architecture): number =>
  parameterSpecs(architecture).reduce(
    (total, { shape }) => total + shape.reduce((product: number, size) => product * size, 1),
    0,
  );

/**
 * The value of a parameter before the first step. Filters are He-normal by fan-in (arXiv 1502.01852): standard
 * deviation sqrt(2 / (height x width x in)), each filter from its own stream of the seed; batch norm starts with weight
 * 1 and bias 0; the output's bias is 0.
 */
export const initialValue = (spec: ParameterSpec, seed: number): Float32Array => {
  switch (spec.kind) {
    case 'filter': {
      const [height, width, input, output] = spec.shape;
      const fanIn = height * width * input;
      const deviation = Math.sqrt(2 / fanIn);
      const { normal } = createRng(seed, `weights/${spec.name}`);
      return Float32Array.from({ length: fanIn * output }, () => deviation * normal());
    }
    case 'batch-norm': {
      const channels = spec.shape[1];
      return new Float32Array(2 * channels).fill(1, 0, channels);
    }
    case 'bias':
      return new Float32Array(spec.shape[0]);
  }
};

/** Running averages before the first batch, [2, channels]: mean 0, variance 1. */
export const initialStatistics = (channels: number): Float32Array =>
  new Float32Array(2 * channels).fill(1, channels);
