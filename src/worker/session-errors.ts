/** The errors of requests that come before their preconditions are met. */
import type { ImageSet } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import { type Framing, framingWords, isSameFraming } from '#core/fit.ts';

/** No images are loaded. */
export const noImages = (): ResiduaError =>
  new ResiduaError('no-images', 'No images are loaded.', 'Open a category folder or the sample first.');

/** `openDevice` has not been requested. */
export const noDevice = (): ResiduaError =>
  new ResiduaError('no-device', 'No device has been started.', 'Reload the page.');

/** `importRun` came before `openRun`. */
export const notOpened = (): ResiduaError =>
  new ResiduaError('no-run', 'No exported run is open.', 'Choose model.json and weights.bin again.');

/** `resumeRun` came before `openCheckpoint`. */
export const noCheckpointOpen = (): ResiduaError =>
  new ResiduaError('no-run', 'No checkpoint is open.', 'Choose the checkpoint again.');

/** No run is configured, or the run is not evaluated yet. */
export const noRun = (): ResiduaError =>
  new ResiduaError('no-run', 'There is no run yet.', 'Train or import a model first.');

/** Training cannot go on from files, which hold no optimizer state. */
export const notContinuable = (): ResiduaError =>
  new ResiduaError(
    'no-run',
    'A run from files has no optimizer state, so it cannot train on.',
    'Train a new run with its settings.',
  );

/** The requested run has another framing than the loaded images. */
const otherFraming = (ofImages: Framing, ofRun: Framing): ResiduaError =>
  new ResiduaError(
    'config-invalid',
    `The images are loaded at ${framingWords(ofImages, ofRun)}, but the run has ${framingWords(ofRun, ofImages)}.`,
    `Load the images at ${framingWords(ofRun, ofImages)} first.`,
  );

/** @throws ResiduaError if there are no images, or they have another framing */
export const requireFraming = (images: ImageSet | undefined, framing: Framing): ImageSet => {
  if (!images) throw noImages();
  if (!isSameFraming(images, framing)) throw otherFraming(images, framing);
  return images;
};
