/** The color bars of spectra and residuals in exported figures. */
import { inferno, viridis } from '../image/color-map.ts';
import { middleOfResidual } from '../image/paint.ts';
import type { FigureItem } from '../plot/export/figure.ts';
import { colorBar } from '../plot/export/figure-parts.ts';
import { formatFigure } from '../ui/format.ts';

type BarPlace = Parameters<typeof colorBar>[0];

/** @param magnitude symbol of the magnitude, such as `|F|` */
export const spectrumBar = (place: BarPlace, upper: number, magnitude: string): FigureItem[] =>
  colorBar(place, viridis, ['0', `log(1 + ${magnitude})`, formatFigure(upper)]);

/** The bar of residuals, on a square-root color scale. */
export const residualBar = (place: BarPlace, upper: number, calibrated: boolean): FigureItem[] => {
  const unit = calibrated ? ' σ²' : ', squared';
  return colorBar(place, inferno, [
    '0',
    `${formatFigure(middleOfResidual(upper), 2)}${unit}`,
    formatFigure(upper),
  ]);
};
