/** Renders one sample of the sample category, with the exact mask of its defect: every pixel that the defect touches. */
import type { Mask } from '../resize/resize-mask.ts';
import type { RgbImage } from '../resize/resize-rgb.ts';
import type { Color } from './color.ts';
import { defectOf } from './defects.ts';
import { hashBits } from './noise.ts';
import { partScene } from './part-scene.ts';
import { renderSide } from './render-side.ts';
import { samplePlan } from './sample-plan.ts';
import { shadePart } from './shade-part.ts';

/** A rendered sample. */
export interface RenderedSample {
  readonly image: RgbImage;
  /** Undefined if the sample is good. */
  readonly mask: Mask | undefined;
}

/** Width of the camera's uniform noise. */
const cameraNoise = 0.03;
/** Number of bits that each channel uses of a pixel's hash. */
const noiseBits = 10;
const noiseLevels = 2 ** noiseBits;

/**
 * Renders a sample at 256 x 256: the same bytes for the same seed and index.
 * @param seed seed of the category, a whole number
 * @param index index in `samplePlan`
 * @param options.defects false renders the same photograph of a flawless part
 */
export const renderSample = (seed: number, index: number, { defects = true } = {}): RenderedSample => {
  const scene = partScene(seed, index);
  const defect = defects ? samplePlan[index].defect : undefined;
  const paintDefect = defect && defectOf(defect, scene, index);
  const pixels = new Uint8ClampedArray(renderSide * renderSide * 3);
  const marked = new Uint8Array(renderSide * renderSide);
  const gains = [scene.exposure * scene.warmth, scene.exposure, scene.exposure / scene.warmth];
  const color: Color = new Float64Array(3);
  for (let y = 0, pixel = 0; y < renderSide; y++) {
    for (let x = 0; x < renderSide; x++, pixel++) {
      shadePart(scene, x, y, color);
      if (paintDefect !== undefined && paintDefect(x, y, color) > 0) marked[pixel] = 1;
      let bits = hashBits(x, y, scene.imageSeed);
      for (let channel = 0; channel < 3; channel++, bits >>>= noiseBits) {
        const noise = (bits & (noiseLevels - 1)) / noiseLevels - 0.5;
        const value = color[channel] * gains[channel] + cameraNoise * noise;
        // The typed array clamps and rounds.
        pixels[pixel * 3 + channel] = value * 255;
      }
    }
  }
  return {
    image: { width: renderSide, height: renderSide, pixels: new Uint8Array(pixels.buffer) },
    mask: defect && { width: renderSide, height: renderSide, pixels: marked },
  };
};
