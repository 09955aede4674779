// Runs in browsers because it needs their image decoders; needs no GPU.
import { describe, expect, it } from 'vitest';
import { decodeMask } from './decode-mask.ts';

const marksOf = async (base64: string): Promise<number[]> => {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return Array.from((await decodeMask(new Blob([bytes]))).pixels);
};

/** A PNG of 3 x 2 gray pixels of 1 bit, interlaced: 100 and 011. tRNS makes 1 transparent. */
const interlacedPng =
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAQAAAAHCCGshAAAAAnRSTlMAAQGU/a4AAAANSURBVHicY2hgAIEEAAPoAOFLCUTfAAAAAElFTkSuQmCC';
/** A BMP of 24 bits, 3 x 1: black, blue 1, red 255. */
const bmp = 'Qk1CAAAAAAAAADYAAAAoAAAAAwAAAAEAAAABABgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAAAD/AAAA';
/** A lossless WebP, 3 x 1: black, gray 1, green 128. */
const losslessWebp = 'UklGRiQAAABXRUJQVlA4TBcAAAAvAgAAABcgEEhh6D8BEzD/geGhGBH9DwA=';

/** Three bars of 16 x 16 pixels: black, `below` and `above`, in a lossy format. */
const lossyBars = async (type: string, below: number, above: number): Promise<Blob> => {
  const canvas = new OffscreenCanvas(48, 16);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2-D canvas');
  for (const [bar, value] of [0, below, above].entries()) {
    context.fillStyle = `rgb(${value}, ${value}, ${value})`;
    context.fillRect(bar * 16, 0, 16, 16);
  }
  return canvas.convertToBlob({ type, quality: 0.9 });
};

describe('decoding a mask by the browser', () => {
  it('marks the colors of an interlaced PNG that tRNS declares transparent', async () => {
    expect(await marksOf(interlacedPng)).toEqual([1, 0, 0, 0, 1, 1]);
  });

  it('marks labels as small as 1 in BMP and lossless WebP', async () => {
    expect(await marksOf(bmp)).toEqual([0, 1, 1]);
    expect(await marksOf(losslessWebp)).toEqual([0, 1, 1]);
  });

  it.each(['image/jpeg', 'image/webp'])('marks values of at least 128 in lossy %s', async (type) => {
    // The bars are constant, with a margin to the threshold far beyond the loss of either format in a constant block.
    const blob = await lossyBars(type, 100, 160);
    expect(blob.type).toBe(type);
    const { pixels, width } = await decodeMask(blob);
    // The middle of each bar, away from edges that lossy formats blur.
    expect([8, 24, 40].map((x) => pixels[8 * width + x])).toEqual([0, 0, 1]);
  });
});
