/** The chart of the radial curves. */
import { lazy } from 'react';
import { formatFigure } from '../../ui/format.ts';
import type { useRadial } from './use-radial.ts';

const CurveChart = lazy(() => import('../../plot/CurveChart.tsx'));

const formatPower = (value: number): string => formatFigure(value, 2);

export const RadialChart = ({ curves, abscissa, ordinate, marks }: ReturnType<typeof useRadial>) => (
  <CurveChart
    {...{ curves, abscissa, ordinate, marks }}
    abscissaName="radius"
    formatTick={formatPower}
    formatValue={formatPower}
    mostDots={0}
    labelWidth={40}
  />
);
