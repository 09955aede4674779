/** The result of every image decoder. */
import type { RgbImage } from '../resize/resize-rgb.ts';

/** An image as RGB bytes at its own size, transparency composited on black. */
export interface DecodedImage extends RgbImage {
  /** Whether some pixel was not opaque. */
  readonly transparent: boolean;
  /** Whether the file asks for a rotation or reflection, which is ignored. */
  readonly rotated: boolean;
}
