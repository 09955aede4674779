/** The filtered image as pixels. */
import type { Metric } from '#core/history.ts';
import { bandGain } from '#core/spectrum/radial-band.ts';
import { createRadialFilter, type RadialFilter } from '#core/spectrum/radial-filter.ts';
import { viridis } from '../../image/color-map.ts';
import { type Pixels, paintRgb, paintSigned } from '../../image/paint.ts';
import { type PaintedMap, paintOnScale, paintResidualOnScale } from '../../image/painted.ts';
import { bandOf, explorer } from './explorer-state.ts';
import { usePainted } from './use-painted.ts';

/** The unfiltered image. */
export interface ExplorerImage {
  /** RGB, [side, side, 3] in [0, 1]. */
  readonly pixels: Float32Array;
  readonly side: number;
}

export interface Filtered {
  readonly side: number;
  readonly image: Pixels;
  readonly spectrum: PaintedMap;
  readonly energyWithin: RadialFilter['energyWithin'];
  readonly filteredImage: Pixels;
  /** Whether the mean is removed: the filtered image is then drawn around mid gray. */
  readonly meanRemoved: boolean;
  readonly filteredSpectrum: PaintedMap;
  readonly residual: PaintedMap;
  readonly residualEnergy: number;
  readonly passedEnergy: Metric;
  readonly passedEnergyBesideMean: Metric;
}

interface Prepared {
  readonly filter: RadialFilter;
  readonly image: Pixels;
  readonly spectrum: PaintedMap;
}

const prepare = ({ pixels, side }: ExplorerImage): Prepared => {
  const filter = createRadialFilter(pixels, side);
  return { filter, image: paintRgb(pixels), spectrum: paintOnScale(filter.spectrum, viridis) };
};

const paint = ({ filter, ...prepared }: Prepared): Filtered => {
  const state = explorer.getState();
  const band = bandOf(state, filter.side);
  const { pixels, spectrum, residual, ...figures } = filter.apply(band);
  const meanRemoved = bandGain(band, 0) === 0;
  return {
    ...prepared,
    ...figures,
    side: filter.side,
    energyWithin: filter.energyWithin,
    meanRemoved,
    filteredImage: meanRemoved ? paintSigned(pixels, state.contrast) : paintRgb(pixels),
    filteredSpectrum: paintOnScale(spectrum, viridis, prepared.spectrum.scale.upper),
    residual: paintResidualOnScale({ residual, calibrated: false }),
  };
};

const prepareAny = (image: ExplorerImage | undefined): Prepared | undefined => image && prepare(image);
const paintAny = (prepared: Prepared | undefined): Filtered | undefined => prepared && paint(prepared);

/** Follows the explorer's settings and the image; undefined until the first frame with an image. */
export const useFiltered = (image: ExplorerImage | undefined): Filtered | undefined =>
  usePainted(image, prepareAny, paintAny, undefined);
