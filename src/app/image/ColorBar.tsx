/** The color scale of a panel with its end values. */
import { memo, useMemo } from 'react';
import { formatFigure } from '../ui/format.ts';
import { type ColorTable, cssGradient } from './color-map.ts';

export interface Scale {
  readonly table: ColorTable;
  readonly lower: number;
  /** The value at half height, if that is not half of the upper end. */
  readonly middle?: number;
  readonly upper: number;
  /** The unit of the values, if they have one. */
  readonly unit?: string | undefined;
}

export const ColorBar = memo(({ scale }: { readonly scale: Scale }) => {
  const { table, lower, middle, upper, unit } = scale;
  const background = useMemo(() => cssGradient(table), [table]);
  return (
    <span className="color-bar number">
      <span>
        {formatFigure(upper, 2)}
        {unit !== undefined && ` ${unit}`}
      </span>
      <i style={{ background }} />
      {middle !== undefined && <span className="color-bar-middle">{formatFigure(middle, 2)}</span>}
      <span>{formatFigure(lower, 2)}</span>
    </span>
  );
});
ColorBar.displayName = 'ColorBar';
