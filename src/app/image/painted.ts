/** Hooks that paint the panels' pictures when their values change. */
import { useMemo } from 'react';
import type { Scale } from './ColorBar.tsx';
import { type ColorTable, inferno, redBlue } from './color-map.ts';
import { largest, middleOfResidual, type Pixels, paintMap, paintResidual, paintRgb } from './paint.ts';
import type { PanelKind } from './zoom.ts';

/** A painted map and its color scale. */
export interface PaintedMap {
  readonly pixels: Pixels;
  readonly scale: Scale;
}

/** @param upper end of the scale; by default the largest value */
export const paintOnScale = (
  values: Float32Array | Float64Array,
  table: ColorTable,
  upper = largest(values),
): PaintedMap => ({ pixels: paintMap(values, table, 0, upper), scale: { table, lower: 0, upper } });

/** The residual map of an image. */
export interface ResidualMap {
  /** Squared residual, or its squared distance from those of good images, [S, S]. */
  readonly residual: Float32Array;
  readonly calibrated: boolean;
}

/** Unit of a residual map on its color bar. */
export const residualUnit = (calibrated: boolean): string | undefined => (calibrated ? 'σ²' : undefined);

/** @param upper end of the scale; by default the largest value */
export const paintResidualOnScale = (
  { residual, calibrated }: ResidualMap,
  upper = largest(residual),
): PaintedMap => ({
  pixels: paintResidual(residual, upper),
  scale: {
    table: inferno,
    lower: 0,
    middle: middleOfResidual(upper),
    upper,
    unit: residualUnit(calibrated),
  },
});

export const usePaintedResidual = (map: ResidualMap | undefined, upper?: number): PaintedMap | undefined =>
  useMemo(() => map && paintResidualOnScale(map, upper), [map, upper]);

/** A signed map on a scale that is symmetric around 0. */
export const usePaintedSigned = (values: Float32Array | undefined): PaintedMap | undefined =>
  useMemo(() => {
    if (!values) return undefined;
    const upper = largest(values.map(Math.abs));
    const scale = { table: redBlue, lower: -upper, middle: 0, upper };
    return { pixels: paintMap(values, redBlue, -upper, upper), scale };
  }, [values]);

export const usePaintedMap = (
  values: Float32Array | undefined,
  table: ColorTable,
  upper?: number,
): PaintedMap | undefined =>
  useMemo(() => values && paintOnScale(values, table, upper), [values, table, upper]);

export const usePaintedImage = (values: Float32Array | undefined): Pixels | undefined =>
  useMemo(() => values && paintRgb(values), [values]);

interface PanelPlace<Kind extends PanelKind> {
  readonly kind: Kind;
  readonly side: number;
  readonly placeholder: string;
}

/** The properties that an image's panels share, and those that its spectra's panels share. */
export const panelsOf = (
  side: number,
  placeholder: string,
): { readonly image: PanelPlace<'image'>; readonly spectrum: PanelPlace<'spectrum'> } => ({
  image: { kind: 'image', side, placeholder },
  spectrum: { kind: 'spectrum', side, placeholder },
});
