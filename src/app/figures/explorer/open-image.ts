/** Any image file that the browser reads, as a square for the explorer. */
import { regionOf } from '#core/picture-region.ts';
import { type ExplorerFit, explorer, type OpenedImage } from './explorer-state.ts';

const smallestSide = 16;
const largestSide = 256;

/** The largest power of two up to 256 within the image's shorter side: enlarging would invent frequencies. */
export const squareSide = (width: number, height: number): number =>
  Math.min(largestSide, 2 ** Math.floor(Math.log2(Math.min(width, height))));

/** Halves until the last reduction is below two: a canvas interpolates two pixels each way, and more would alias. */
const shrink = (bitmap: ImageBitmap, fit: ExplorerFit, side: number): ImageData => {
  const part = regionOf(bitmap.width, bitmap.height, fit);
  let source: CanvasImageSource = bitmap;
  let { left, top, width, height } = part;
  for (;;) {
    const nextWidth = Math.max(side, Math.ceil(width / 2));
    const nextHeight = Math.max(side, Math.ceil(height / 2));
    const canvas = document.createElement('canvas');
    canvas.width = nextWidth;
    canvas.height = nextHeight;
    const context = canvas.getContext('2d', {
      willReadFrequently: nextWidth === side && nextHeight === side,
    });
    if (!context) throw new Error('The browser gave no canvas to draw on.');
    // As everywhere in the app, transparent pixels are drawn on black.
    context.fillStyle = '#000';
    context.fillRect(0, 0, nextWidth, nextHeight);
    context.imageSmoothingQuality = 'high';
    context.drawImage(source, left, top, width, height, 0, 0, nextWidth, nextHeight);
    if (nextWidth === side && nextHeight === side) return context.getImageData(0, 0, side, side);
    source = canvas;
    [left, top, width, height] = [0, 0, nextWidth, nextHeight];
  }
};

/**
 * Decodes a file.
 * @throws Error with a message for the user, if the browser cannot read the image or it is too small for a spectrum
 */
const openImage = async (file: File, fit: ExplorerFit): Promise<OpenedImage> => {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new Error(
      `${file.name} could not be decoded as an image. Open a PNG, JPEG, WebP or BMP file that is not damaged.`,
    );
  }
  try {
    const { width, height } = bitmap;
    if (Math.min(width, height) < smallestSide) {
      throw new Error(
        `${file.name} has ${width} × ${height} pixels. Open an image of at least ${smallestSide} × ${smallestSide}.`,
      );
    }
    const side = squareSide(width, height);
    const { data } = shrink(bitmap, fit, side);
    const pixels = new Float32Array(side * side * 3);
    for (let from = 0, to = 0; to < pixels.length; from += 4, to += 3) {
      for (let channel = 0; channel < 3; channel++) pixels[to + channel] = data[from + channel] / 255;
    }
    return { name: file.name, side, pixels, width, height, fit };
  } finally {
    bitmap.close();
  }
};

/** Shows a file's image. If it cannot be opened, shows the reason and the previous image. Never rejects. */
export const takeFile = async (file: File, fit: ExplorerFit = explorer.getState().fit): Promise<void> => {
  try {
    const opened = await openImage(file, fit);
    explorer.setState({ file, fit, opened, source: 'file', problem: undefined });
  } catch (thrown) {
    explorer.setState({ problem: thrown instanceof Error ? thrown.message : String(thrown) });
  }
};
