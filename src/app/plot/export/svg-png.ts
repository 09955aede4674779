/** An SVG document as PNG. */
import { drawPng, pngFailure } from './png.ts';

/**
 * @param svg a document that needs nothing outside itself; it has a width and a height
 * @throws ResiduaError where the browser cannot draw or encode it
 */
export const svgPng = async (svg: string): Promise<Blob> => {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode().catch((cause: unknown) => {
      throw pngFailure(cause);
    });
    return await drawPng(image.naturalWidth, image.naturalHeight, (context) =>
      context.drawImage(image, 0, 0),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
};
