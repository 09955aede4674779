/** A thumbnail of one sample. */

import { memo, useLayoutEffect, useRef } from 'react';
import type { LoadedDataset } from '#store/dataset/state.ts';

interface ThumbnailProps {
  readonly thumbnails: LoadedDataset['thumbnails'];
  readonly index: number;
}

export const Thumbnail = memo(({ thumbnails: { side, pixels }, index }: ThumbnailProps) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const bytes = side * side * 4;
    const image = new ImageData(pixels.subarray(index * bytes, (index + 1) * bytes), side, side);
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [side, pixels, index]);
  return <canvas ref={canvas} width={side} height={side} />;
});
Thumbnail.displayName = 'Thumbnail';
