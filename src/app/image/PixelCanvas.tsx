/** Pixels, drawn at 1:1 and then enlarged without smoothing. */
import { memo, useLayoutEffect, useRef } from 'react';
import type { Pixels } from './paint.ts';

interface PixelCanvasProps {
  readonly pixels: Pixels;
  /** Width in pixels, and height if it is no square. */
  readonly side: number;
  readonly height?: number;
}

export const PixelCanvas = memo(({ pixels, side, height = side }: PixelCanvasProps) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, side, height), 0, 0);
  }, [pixels, side, height]);
  return <canvas ref={canvas} className="pixel-canvas" width={side} height={height} />;
});
PixelCanvas.displayName = 'PixelCanvas';
