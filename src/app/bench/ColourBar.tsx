/** The colour scale of a panel with its end values. */
import { memo, useLayoutEffect, useRef } from 'react';
import { formatFigure } from '../format.ts';
import type { ColourTable } from './colour-map.ts';

export interface Scale {
  readonly table: ColourTable;
  readonly lower: number;
  readonly upper: number;
}

export const ColourBar = memo(({ scale }: { readonly scale: Scale }) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { table, lower, upper } = scale;
  useLayoutEffect(() => {
    const words = Uint32Array.from(table).reverse();
    const image = new ImageData(new Uint8ClampedArray(words.buffer), 1, words.length);
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [table]);
  return (
    <span className="colour-bar number">
      <span>{formatFigure(upper, 2)}</span>
      <canvas ref={canvas} width={1} height={table.length} />
      <span>{formatFigure(lower, 2)}</span>
    </span>
  );
});
ColourBar.displayName = 'ColourBar';
