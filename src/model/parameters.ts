/**
 * The parameters of the autoencoder's layers as plain data: names, shapes and initial values.
 *
 * Names match PyTorch's `state_dict` for `nn.Sequential` modules `encoder` and `decoder`: `encoder.0.conv1.weight`,
 * `encoder.0.bn1.weight`, `.bias`, `.running_mean`, `.running_var`, `encoder.0.downsample.0.weight` (the projection),
 * `encoder.0.downsample.1.*` (its batch norm), `decoder.9.weight`, `.bias` (the output). Filters have tfjs's layout
 * [height, width, in, out].
 */
import type { RunConfig } from '#core/config.ts';
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
      /** Weight and bias of a batch norm in one tensor [2, C]: one gradient, one optimizer update. */
      readonly kind: 'batch-norm';
      /** The module's name, `encoder.0.bn1`. */
      readonly name: string;
      readonly shape: readonly [2, number];
    }
  | {
      readonly kind: 'bias';
      readonly name: string;
      readonly shape: readonly [number];
      /** Number of inputs of each output value: height x width x in. */
      readonly fanIn: number;
    };

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
        { kind: 'bias', name: `${name}.bias`, shape: [outputChannels], fanIn: 9 * inputChannels },
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

/** Kind of initial weights. */
export type Initialisation = RunConfig['initialisation'];

const fanInOf = ([height, width, input]: readonly [number, number, number, number]): number =>
  height * width * input;

/** Draws the values of one parameter from its own stream of the seed. */
const drawn = (
  spec: ParameterSpec,
  seed: number,
  next: (rng: ReturnType<typeof createRng>) => number,
): Float32Array => {
  const rng = createRng(seed, `weights/${spec.name}`);
  const size = spec.shape.reduce((product: number, length) => product * length, 1);
  return Float32Array.from({ length: size }, () => next(rng));
};

/** Uniform in +-1 / sqrt(fan-in), rounded to float32. */
const drawnUniform = (spec: ParameterSpec, seed: number, fanIn: number): Float32Array => {
  const bound = 1 / Math.sqrt(fanIn);
  return drawn(spec, seed, (rng) => bound * (2 * rng.uniform() - 1));
};

/**
 * Returns the initial value of a parameter, from its own stream of the seed.
 *
 * `pytorch`: filters and the output's bias are uniform in +-1 / sqrt(height x width x in), PyTorch's default of `nn.Conv2d`.
 * `he-normal`: filters are normal with standard deviation sqrt(2 / (height x width x in)) (arXiv 1502.01852), the bias is 0.
 * Batch norm starts with weight 1 and bias 0 in both.
 */
export const initialValue = (
  spec: ParameterSpec,
  seed: number,
  initialisation: Initialisation,
): Float32Array => {
  switch (spec.kind) {
    case 'filter': {
      const fanIn = fanInOf(spec.shape);
      if (initialisation === 'pytorch') return drawnUniform(spec, seed, fanIn);
      const deviation = Math.sqrt(2 / fanIn);
      return drawn(spec, seed, (rng) => deviation * rng.normal());
    }
    case 'batch-norm': {
      const channels = spec.shape[1];
      return new Float32Array(2 * channels).fill(1, 0, channels);
    }
    case 'bias':
      return initialisation === 'pytorch'
        ? drawnUniform(spec, seed, spec.fanIn)
        : new Float32Array(spec.shape[0]);
  }
};

/** Running averages before the first batch, [2, channels]: mean 0, variance 1. */
export const initialStatistics = (channels: number): Float32Array =>
  new Float32Array(2 * channels).fill(1, channels);
