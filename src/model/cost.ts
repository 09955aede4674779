/** The operations in a training step, from the architecture alone. */
import type { Architecture, Layer } from './architecture.ts';

/** Multiplications and additions of a convolution for one image; `pixels` is the number of pixels of its output. */
const convolutionOperations = (
  taps: number,
  inputChannels: number,
  outputChannels: number,
  pixels: number,
): number => 2 * taps * inputChannels * outputChannels * pixels;

/** A 3x3 convolution over a twofold enlarged image reads four pixels of the original image for each output. */
const upsampledTaps = 4;

const layerOperations = (layer: Layer, upsampled: boolean): number => {
  const { inputChannels, outputChannels, outputSide } = layer;
  const pixels = outputSide ** 2;
  const first = (taps: number): number =>
    convolutionOperations(upsampled ? upsampledTaps : taps, inputChannels, outputChannels, pixels);
  switch (layer.kind) {
    case 'upsample':
      return 0;
    case 'output':
      return first(9);
    case 'residual-block': {
      const projected = upsampled ? pixels / 4 : pixels;
      return (
        first(9) +
        convolutionOperations(9, outputChannels, outputChannels, pixels) +
        (layer.projection ? convolutionOperations(1, inputChannels, outputChannels, projected) : 0)
      );
    }
  }
};

/**
 * Floating-point operations of the convolutions in one training step, per image: forward, gradient of the input and
 * gradient of the filter of every layer. Everything else is negligible.
 */
export const trainingOperations = ({ encoder, decoder }: Architecture): number => {
  const layers: readonly Layer[] = [...encoder, ...decoder];
  return (
    3 *
    layers.reduce(
      (sum, layer, index) => sum + layerOperations(layer, layers[index - 1]?.kind === 'upsample'),
      0,
    )
  );
};
