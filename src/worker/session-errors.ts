/** What is missing when a request comes too early. */
import type { ImageSet } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';

/** Nothing was loaded. */
export const noImages = (): ResiduaError =>
  new ResiduaError('no-images', 'No images are loaded.', 'Open a category folder or the sample first.');

/** `openDevice` has not been asked for. */
export const noDevice = (): ResiduaError =>
  new ResiduaError('no-device', 'No device has been started.', 'Reload the page.');

/** `importRun` came before `openRun`. */
export const notOpened = (): ResiduaError =>
  new ResiduaError('no-run', 'No exported run is open.', 'Choose model.json and weights.bin again.');

/** No run is configured, or nothing of it is evaluated. */
export const noRun = (): ResiduaError =>
  new ResiduaError('no-run', 'There is no run yet.', 'Train or import a model first.');

/** What is asked for is of another side than the images. */
const otherSide = (ofImages: number, ofRun: number): ResiduaError =>
  new ResiduaError(
    'config-invalid',
    `The images are loaded at side ${ofImages}, but the run has side ${ofRun}.`,
    `Load the images at side ${ofRun} first.`,
  );

/** @throws ResiduaError if there are no images, or they have another side */
export const requireSide = (images: ImageSet | undefined, side: number): ImageSet => {
  if (!images) throw noImages();
  if (images.side !== side) throw otherSide(images.side, side);
  return images;
};
