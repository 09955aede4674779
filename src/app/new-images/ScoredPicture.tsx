/** An image beside the same image with the map of its score over it. */
import { useLayoutEffect, useRef } from 'react';
import { pictureSide, type ScoredNewImage } from '#store/new-images/state.ts';
import { paintResidualLayer } from '../image/paint.ts';

interface ScoredPictureProps {
  readonly image: ScoredNewImage;
  readonly mapSide: number;
  /** The value with the strongest color. */
  readonly upper: number;
}

export const ScoredPicture = ({ image: { path, picture, map }, mapSide, upper }: ScoredPictureProps) => {
  const plain = useRef<HTMLCanvasElement>(null);
  const mapped = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const layer = new OffscreenCanvas(mapSide, mapSide);
    const colors = new ImageData(new Uint8ClampedArray(paintResidualLayer(map, upper)), mapSide, mapSide);
    layer.getContext('2d')?.putImageData(colors, 0, 0);
    for (const canvas of [plain.current, mapped.current])
      canvas?.getContext('2d')?.putImageData(new ImageData(picture, pictureSide, pictureSide), 0, 0);
    mapped.current?.getContext('2d')?.drawImage(layer, 0, 0, pictureSide, pictureSide);
  }, [picture, map, mapSide, upper]);
  return (
    <span className="scored-picture">
      <canvas ref={plain} width={pictureSide} height={pictureSide} role="img" aria-label={path} />
      <canvas
        ref={mapped}
        width={pictureSide}
        height={pictureSide}
        role="img"
        aria-label={`Map of ${path}`}
      />
    </span>
  );
};
