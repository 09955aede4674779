/** The autoencoder of Table I and Fig. 3 as plain data: the layers, before any tensor exists. */
import { ResiduaError } from '#core/errors.ts';

/**
 * conv3x3(stride) - BN - ReLU - conv3x3 - BN, plus the shortcut (conv1x1(stride) - BN if the shape changes), then
 * ReLU. Convolutions have no bias and pad 1 on every side.
 */
export interface ResidualBlockLayer {
  readonly kind: 'residual-block';
  /** Name of the module in PyTorch, `encoder.0`: its index in an `nn.Sequential`. */
  readonly name: string;
  readonly inputSide: number;
  readonly outputSide: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
  readonly stride: 1 | 2;
  /** Whether the shortcut is a projection (`downsample` in PyTorch's naming). */
  readonly projection: boolean;
}

/** Nearest-neighbor enlargement by 2. */
export interface UpsampleLayer {
  readonly kind: 'upsample';
  readonly name: string;
  readonly inputSide: number;
  readonly outputSide: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
}

/** conv3x3 with bias to RGB, then sigmoid. */
export interface OutputLayer {
  readonly kind: 'output';
  readonly name: string;
  readonly inputSide: number;
  readonly outputSide: number;
  readonly inputChannels: number;
  readonly outputChannels: 3;
}

export type Layer = ResidualBlockLayer | UpsampleLayer | OutputLayer;

/** All layers in order of execution: the encoder, then the decoder. */
export interface Architecture {
  /** Side S of input and output, in pixels. */
  readonly side: number;
  /** Multiplier of all channel counts. */
  readonly width: number;
  readonly encoder: readonly ResidualBlockLayer[];
  readonly decoder: readonly Layer[];
}

/** Side at which the encoder stops halving. */
const bottleneckSide = 2;

/** Channels at width 1, by the side of the feature map: Table I, and 256:32 for inputs of 512. */
const channelsAtSide: ReadonlyMap<number, number> = new Map([
  [256, 32],
  [128, 32],
  [64, 32],
  [32, 64],
  [16, 64],
  [8, 128],
  [4, 128],
  [2, 256],
]);

const residualBlock = (
  name: string,
  [inputSide, inputChannels]: readonly [number, number],
  [outputSide, outputChannels]: readonly [number, number],
): ResidualBlockLayer => {
  const stride = outputSide < inputSide ? 2 : 1;
  return {
    kind: 'residual-block',
    name,
    inputSide,
    outputSide,
    inputChannels,
    outputChannels,
    stride,
    projection: stride === 2 || inputChannels !== outputChannels,
  };
};

/**
 * Returns the layers for one input side and width.
 * The encoder halves the side until it is 2 and adds a block there; the decoder mirrors it: a block at 2x2, then
 * (nearest x2, block) up to S / 2, then nearest x2 and the output convolution. Source: Table I, Fig. 3.
 * @param side S in pixels, a power of two from 4 to 512
 * @param width multiplier of all channel counts; every product must be a whole number
 * @throws ResiduaError `config-invalid` for any other side or width
 */
export const autoencoderLayers = (side: number, width: number): Architecture => {
  if (!Number.isInteger(Math.log2(side)) || side < 4 || side > 512) {
    throw new ResiduaError(
      'config-invalid',
      `The side is ${side}, expected a power of two from 4 to 512.`,
      'Choose one of the listed sides.',
    );
  }
  if (!(width > 0) || !Number.isInteger(width * 32)) {
    throw new ResiduaError(
      'config-invalid',
      `The width is ${width}, expected a positive multiple of 1/32.`,
      'Choose one of the listed widths.',
    );
  }
  const channels = (at: number): number => channelsAtSide.get(at)! * width;

  const encoder: ResidualBlockLayer[] = [];
  let at: readonly [number, number] = [side, 3];
  const encode = (outputSide: number): void => {
    const next = [outputSide, channels(outputSide)] as const;
    encoder.push(residualBlock(`encoder.${encoder.length}`, at, next));
    at = next;
  };
  for (let half = side / 2; half >= bottleneckSide; half /= 2) encode(half);
  encode(bottleneckSide);

  const decoder: Layer[] = [];
  const name = (): string => `decoder.${decoder.length}`;
  const upsample = (): void => {
    const [inputSide, inputChannels] = at;
    const outputSide = inputSide * 2;
    decoder.push({
      kind: 'upsample',
      name: name(),
      inputSide,
      outputSide,
      inputChannels,
      outputChannels: inputChannels,
    });
    at = [outputSide, inputChannels];
  };
  decoder.push(residualBlock(name(), at, at));
  for (let double = bottleneckSide * 2; double < side; double *= 2) {
    upsample();
    const next = [double, channels(double)] as const;
    decoder.push(residualBlock(name(), at, next));
    at = next;
  }
  upsample();
  decoder.push({
    kind: 'output',
    name: name(),
    inputSide: side,
    outputSide: side,
    inputChannels: at[1],
    outputChannels: 3,
  });
  return { side, width, encoder, decoder };
};
