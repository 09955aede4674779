/** What every decoder gives. */
import type { RgbImage } from '../resize/resize-rgb.ts';

/** An image as RGB bytes at its own size, transparency composited on black. */
export interface DecodedImage extends RgbImage {
  /** Whether some pixel was not opaque. */
  readonly transparent: boolean;
  /** Whether the format keeps values exactly: a mask in a lossy one needs a threshold. */
  readonly lossless: boolean;
}
