/** A small picture of an image, with its mask over it. */
import { useEffect, useRef, useState } from 'react';
import { useActions } from '../shared/store-context.ts';

interface MappingPictureProps {
  /** Inside the category. */
  readonly path: string;
  readonly image: Blob;
  readonly masks: readonly Blob[];
}

/** Twice the side on the page, for sharp displays. */
const side = 96;

const maskColor = [240, 118, 74] as const;
const maskOpacity = 0.6;

/** Blends the color of masks into RGBA bytes, in place. */
const blendMask = (pixels: Uint8ClampedArray, mask: Uint8Array): void => {
  for (const [at, marked] of mask.entries()) {
    if (marked === 0) continue;
    for (const [channel, color] of maskColor.entries()) {
      const to = at * 4 + channel;
      pixels[to] = pixels[to] * (1 - maskOpacity) + color * maskOpacity;
    }
  }
};

export const MappingPicture = ({ path, image, masks }: MappingPictureProps) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [unreadable, setUnreadable] = useState(false);
  const { dataset } = useActions();
  useEffect(() => {
    let current = true;
    dataset.previewImage({ kind: 'file', image, masks }, side).then(
      ({ thumbnail, mask }) => {
        if (!current) return;
        if (mask) blendMask(thumbnail, mask);
        setUnreadable(false);
        canvas.current?.getContext('2d')?.putImageData(new ImageData(thumbnail, side, side), 0, 0);
      },
      () => current && setUnreadable(true),
    );
    return () => {
      current = false;
    };
  }, [dataset, image, masks]);
  const label = unreadable ? `${path} cannot be read` : masks.length > 0 ? `${path} with its mask` : path;
  return (
    <canvas
      ref={canvas}
      width={side}
      height={side}
      role="img"
      aria-label={label}
      data-unreadable={unreadable}
    />
  );
};
