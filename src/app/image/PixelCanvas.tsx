/** A square of pixels, drawn at 1:1 and then enlarged without smoothing. */
import { memo, useLayoutEffect, useRef } from 'react';
import type { Pixels } from './paint.ts';

interface PixelCanvasProps {
  readonly pixels: Pixels;
  readonly side: number;
}

export const PixelCanvas = memo(({ pixels, side }: PixelCanvasProps) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, side, side), 0, 0);
  }, [pixels, side]);
  return <canvas ref={canvas} className="pixel-canvas" width={side} height={side} />;
});
PixelCanvas.displayName = 'PixelCanvas';
