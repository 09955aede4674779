/** The colour scale of a panel with its end values. */
import { memo, useMemo } from 'react';
import { formatFigure } from '../format.ts';
import { type ColourTable, cssGradient } from './colour-map.ts';

export interface Scale {
  readonly table: ColourTable;
  readonly lower: number;
  readonly upper: number;
}

export const ColourBar = memo(({ scale }: { readonly scale: Scale }) => {
  const { table, lower, upper } = scale;
  const background = useMemo(() => cssGradient(table), [table]);
  return (
    <span className="colour-bar number">
      <span>{formatFigure(upper, 2)}</span>
      <i style={{ background }} />
      <span>{formatFigure(lower, 2)}</span>
    </span>
  );
});
ColourBar.displayName = 'ColourBar';
