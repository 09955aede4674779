/** Drawings as PNG files. */
import { ResiduaError } from '#core/errors.ts';

/** Pixels of a PNG per unit of its drawing: 300 dpi if 550 units are printed 14 cm wide. */
export const pngScale = 3;

const failure = (cause?: unknown): ResiduaError =>
  new ResiduaError('internal', 'The browser could not turn the figure into a PNG.', 'Download the SVG.', {
    cause,
  });

/**
 * @param draw draws in units of the drawing
 * @throws ResiduaError if the browser has no canvas of that size or cannot encode it
 */
export const drawPng = async (
  width: number,
  height: number,
  draw: (context: CanvasRenderingContext2D) => void,
): Promise<Blob> => {
  const canvas = document.createElement('canvas');
  canvas.width = width * pngScale;
  canvas.height = height * pngScale;
  const context = canvas.getContext('2d');
  if (!context) throw failure();
  context.scale(pngScale, pngScale);
  draw(context);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw failure();
  return blob;
};

/**
 * @param svg a document with a width and a height that needs nothing outside itself
 * @throws ResiduaError if the browser cannot draw or encode it
 */
export const svgPng = async (svg: string): Promise<Blob> => {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode().catch((cause: unknown) => {
      throw failure(cause);
    });
    return await drawPng(image.naturalWidth, image.naturalHeight, (context) =>
      context.drawImage(image, 0, 0),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
};
