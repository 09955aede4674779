/** Floating-point operations of the convolutions in a training step; everything else is a few per mille of them. */
import { autoencoderLayers } from '#model/architecture.ts';

interface Convolution {
  readonly outputSide: number;
  readonly size: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
}

/** Includes taps outside the image; a multiply-add counts as two. */
const operationsOf = ({ outputSide, size, inputChannels, outputChannels }: Convolution): number =>
  2 * outputSide ** 2 * size ** 2 * inputChannels * outputChannels;

/** The model's convolutions in order of execution. */
const convolutions = (side: number, width: number): Convolution[] => {
  const { encoder, decoder } = autoencoderLayers(side, width);
  return [...encoder, ...decoder].flatMap((layer): Convolution[] => {
    const { outputSide, inputChannels, outputChannels } = layer;
    const first = { outputSide, size: 3, inputChannels, outputChannels };
    if (layer.kind === 'upsample') return [];
    if (layer.kind === 'output') return [first];
    return [
      first,
      { ...first, inputChannels: outputChannels },
      ...(layer.projection ? [{ ...first, size: 1 }] : []),
    ];
  });
};

/**
 * Operations of one step's convolutions. Forward, filter gradient and input gradient have the same number. The image itself,
 * which the first block's convolution and projection read, needs no gradient.
 */
export const stepOperations = (side: number, batch: number, width: number): number =>
  batch *
  convolutions(side, width).reduce(
    (sum, convolution) => sum + (convolution.inputChannels === 3 ? 2 : 3) * operationsOf(convolution),
    0,
  );
