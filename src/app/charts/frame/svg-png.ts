/** An SVG document as PNG. */
import { ResiduaError } from '#core/errors.ts';

/** Pixels of the PNG per unit of the SVG: 300 dpi where the figure is 14 cm wide. */
export const pngScale = 3;

/**
 * @param svg a document that needs nothing outside itself; it has a width and a height
 * @throws ResiduaError where the browser cannot draw or encode it
 */
export const svgPng = async (svg: string): Promise<Blob> => {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * pngScale;
    canvas.height = image.naturalHeight * pngScale;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new TypeError('no blob');
    return blob;
  } catch (cause) {
    throw new ResiduaError(
      'internal',
      'The browser could not turn the figure into a PNG.',
      'Take the SVG instead.',
      { cause },
    );
  } finally {
    URL.revokeObjectURL(url);
  }
};
