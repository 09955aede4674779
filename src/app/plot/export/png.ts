/** Drawings as PNG files. */
import { ResiduaError } from '#core/errors.ts';

/** Pixels of a PNG per unit of its drawing: 300 dpi where 550 units are printed 14 cm wide. */
export const pngScale = 3;

export const pngFailure = (cause?: unknown): ResiduaError =>
  new ResiduaError('internal', 'The browser could not turn the figure into a PNG.', 'Take the SVG instead.', {
    cause,
  });

/**
 * @param draw draws in units of the drawing
 * @throws ResiduaError where the browser has no canvas of that size or cannot encode it
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
  if (!context) throw pngFailure();
  context.scale(pngScale, pngScale);
  draw(context);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw pngFailure();
  return blob;
};
