/** The settings of the filter explorer, outside React: they survive a visit to another page. */
import { createStore } from 'zustand/vanilla';
import type { Fit } from '#core/fit.ts';
import { type BandEdges, cornerRadius, type RadialBand } from '#core/spectrum/radial-band.ts';

/** How an image is made one square picture, without padding: that would add to its spectrum. */
export type ExplorerFit = Extract<Fit, 'crop' | 'squeeze'>;

export interface OpenedImage {
  readonly name: string;
  readonly side: number;
  /** RGB, [side, side, 3] in [0, 1]. */
  readonly pixels: Float32Array;
  /** Size of the file's image. */
  readonly width: number;
  readonly height: number;
  readonly fit: ExplorerFit;
}

export type FilterMode = 'low' | 'high' | 'band';
export type CutOff = 'inner' | 'outer';

export interface ExplorerState {
  readonly mode: FilterMode;
  readonly edges: BandEdges;
  /** Cut-offs in cycles per image. A mode leaves a cut-off that it does not use as it is. */
  readonly inner: number;
  readonly outer: number;
  /** Contrast factor of pictures without a mean, which are drawn around mid gray. */
  readonly contrast: number;
  readonly source: 'sample' | 'file';
  readonly fit: ExplorerFit;
  readonly file: File | undefined;
  readonly opened: OpenedImage | undefined;
  /** Why the last file could not be opened. */
  readonly problem: string | undefined;
}

/** The paper does not give the cut-off of its Fig. 1; a sixteenth of the side looks the same. */
const figureOneCutOff = (side: number): number => side / 16;

export const initialExplorer: ExplorerState = {
  mode: 'low',
  edges: 'ideal',
  inner: 4,
  outer: 4,
  contrast: 2,
  source: 'sample',
  fit: 'crop',
  file: undefined,
  opened: undefined,
  problem: undefined,
};

export const explorer = createStore<ExplorerState>()(() => initialExplorer);

/** Smallest distance between two places of a handle. */
export const radiusStep = 0.5;

/** Largest cut-off of a handle: the first step beyond the corner, where nothing is removed. */
export const largestCutOff = (side: number): number =>
  Math.ceil(cornerRadius(side) / radiusStep) * radiusStep;

/** The cut-off, limited to the image's corner, which a smaller image has at a lower radius. */
export const cutOffAt = (state: ExplorerState, which: CutOff, side: number): number =>
  Math.min(state[which], largestCutOff(side));

/** The cut-offs of a mode. */
export const cutOffsOf = (mode: FilterMode): readonly CutOff[] =>
  mode === 'band' ? ['inner', 'outer'] : mode === 'low' ? ['outer'] : ['inner'];

/** Sets a cut-off to the nearest step; in a band, it stops at the other cut-off. */
export const moveCutOff = (
  state: ExplorerState,
  which: CutOff,
  radius: number,
  side: number,
): ExplorerState => {
  const least = state.mode === 'band' && which === 'outer' ? state.inner : 0;
  const most = state.mode === 'band' && which === 'inner' ? state.outer : largestCutOff(side);
  const stepped = Math.round(radius / radiusStep) * radiusStep;
  return { ...state, [which]: Math.min(most, Math.max(least, stepped)) };
};

/** Chooses a mode; a band needs its radii in order. */
export const withMode = (state: ExplorerState, mode: FilterMode, side: number): ExplorerState => {
  if (mode !== 'band' || state.inner < state.outer) return { ...state, mode };
  const outer = Math.min(largestCutOff(side), 2 * state.inner + radiusStep);
  return { ...state, mode, outer, inner: Math.min(state.inner, outer) };
};

/** The band of the explorer; a handle at its far end removes nothing. */
export const bandOf = ({ mode, edges, inner, outer }: ExplorerState, side: number): RadialBand => ({
  inner: mode === 'low' ? 0 : inner,
  outer: mode === 'high' || outer >= largestCutOff(side) ? Number.POSITIVE_INFINITY : outer,
  edges,
});

/** Named settings: those of Fig. 1, and the band that removes exactly the mean. */
export interface ExplorerPreset {
  readonly label: string;
  readonly title: string;
  readonly settings: (side: number) => Pick<ExplorerState, 'mode' | 'edges'> & Partial<ExplorerState>;
}

export const explorerPresets: readonly ExplorerPreset[] = [
  {
    label: 'Fig. 1 (a) original',
    title: 'All frequencies',
    settings: (side) => ({ mode: 'low', edges: 'ideal', outer: largestCutOff(side) }),
  },
  {
    label: 'Fig. 1 (b) low-pass',
    title:
      'Removes edges and fine textures. The paper gives no cut-off; a sixteenth of the side looks the same',
    settings: (side) => ({ mode: 'low', edges: 'ideal', outer: figureOneCutOff(side) }),
  },
  {
    label: 'Fig. 1 (c) high-pass',
    title: 'Passes edges and fine textures only. The cut-off is that of (b)',
    settings: (side) => ({ mode: 'high', edges: 'ideal', inner: figureOneCutOff(side) }),
  },
  {
    label: 'Remove mean',
    title: 'Removes the zero frequency only, as “remove mean residual” does before scoring',
    settings: () => ({ mode: 'high', edges: 'ideal', inner: 0.5 }),
  },
];

/** Whether the explorer has the settings of a preset. */
export const isAtPreset = (state: ExplorerState, preset: ExplorerPreset, side: number): boolean => {
  const target = { ...state, ...preset.settings(side) };
  return (['mode', 'edges', ...cutOffsOf(target.mode)] as const).every((key) => state[key] === target[key]);
};

/** `radius 12.5 cycles per image`; at its far end a cut-off removes nothing. */
export const formatRadius = (radius: number, side: number): string =>
  radius >= largestCutOff(side)
    ? `radius ${radius}, beyond the corner: removes nothing above`
    : `radius ${radius} ${radius === 1 ? 'cycle' : 'cycles'} per image`;
