/** Whether an adapter can hold a run's largest tensor, before the run is built. */
import type { RunConfig } from '#core/config.ts';
import { ResiduaError } from '#core/errors.ts';
import { autoencoderLayers } from '#model/architecture.ts';

const bytesPerFloat = 4;
const mebibyte = 1024 * 1024;

/** Bytes of the largest activation of one image, float32. */
export const largestActivationBytes = ({ side, width }: Pick<RunConfig, 'side' | 'width'>): number => {
  const { encoder, decoder } = autoencoderLayers(side, width);
  return Math.max(
    ...[...encoder, ...decoder].map(
      ({ outputSide, outputChannels }) => outputSide * outputSide * outputChannels * bytesPerFloat,
    ),
  );
};

/**
 * @param maxBindingBytes the largest buffer that one kernel may see on this adapter
 * @throws ResiduaError `adapter-too-small` where the largest activation of a batch does not fit, naming the largest
 *   batch that does
 */
export const checkAdapter = (config: RunConfig, trainingImages: number, maxBindingBytes: number): void => {
  const imageBytes = largestActivationBytes(config);
  const batch = Math.min(config.batch, trainingImages);
  if (batch * imageBytes <= maxBindingBytes) return;
  const fitting = Math.floor(maxBindingBytes / imageBytes);
  const needed = Math.ceil((batch * imageBytes) / mebibyte);
  const available = Math.floor(maxBindingBytes / mebibyte);
  throw new ResiduaError(
    'adapter-too-small',
    `A batch of ${batch} at side ${config.side} and width ${config.width} needs a buffer of ${needed} MiB, but this ` +
      `graphics adapter allows ${available} MiB.`,
    fitting >= 1
      ? `Choose a batch of ${fitting} or less, a smaller side or width.`
      : 'Choose a smaller side or width.',
  );
};
