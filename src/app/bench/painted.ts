/** Pictures of the panels, painted again when their values change. */
import { useMemo } from 'react';
import type { Scale } from './ColourBar.tsx';
import { type ColourTable, inferno } from './colour-map.ts';
import type { PanelKind } from './crosshair.ts';
import { largest, middleOfResidual, type Pixels, paintMap, paintResidual, paintRgb } from './paint.ts';

/** A map and the scale by which its colours are read. */
export interface PaintedMap {
  readonly pixels: Pixels;
  readonly scale: Scale;
}

/** @param upper end of the scale; the largest value where it is left out */
export const paintOnScale = (
  values: Float32Array | Float64Array,
  table: ColourTable,
  upper = largest(values),
): PaintedMap => ({ pixels: paintMap(values, table, 0, upper), scale: { table, lower: 0, upper } });

/**
 * @param values squared residual, [S, S]
 * @param upper end of the scale; the largest value where it is left out
 */
export const paintResidualOnScale = (values: Float32Array, upper = largest(values)): PaintedMap => ({
  pixels: paintResidual(values, upper),
  scale: { table: inferno, lower: 0, middle: middleOfResidual(upper), upper },
});

export const usePaintedResidual = (
  values: Float32Array | undefined,
  upper?: number,
): PaintedMap | undefined => useMemo(() => values && paintResidualOnScale(values, upper), [values, upper]);

export const usePaintedMap = (
  values: Float32Array | undefined,
  table: ColourTable,
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

/** What the panels of one image have in common, and those of its spectra. */
export const panelsOf = (
  side: number,
  placeholder: string,
): { readonly image: PanelPlace<'image'>; readonly spectrum: PanelPlace<'spectrum'> } => ({
  image: { kind: 'image', side, placeholder },
  spectrum: { kind: 'spectrum', side, placeholder },
});
