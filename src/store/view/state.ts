/** The view: the page, the shown sample and the options of the panels. */
import type { RunConfig } from '#core/config.ts';
import type { SampleView } from '#core/history.ts';

export type Theme = 'system' | 'light' | 'dark';
export const pageNames = ['bench', 'spectrum', 'figures', 'table', 'method'] as const;
export type PageName = (typeof pageNames)[number];
/** The figures of the page Figures: the filter explorer, and the comparison of runs. */
export const figureNames = ['filter', 'comparison'] as const;
export type FigureName = (typeof figureNames)[number];
export type GallerySort = 'score-descending' | 'score-ascending' | 'path';

/** Images in the gallery: the test split, the trained images, or the held-out images. */
export type GalleryMode = 'test' | 'train' | 'held-out';

export type OverlayContent = 'residual' | 'mask' | 'compare';

export interface ViewState {
  /** The shown page. */
  readonly page: PageName;
  readonly figure: FigureName;
  /** A dropped image, until the filter explorer opens it. */
  readonly droppedImage: File | undefined;
  /** Index of the chosen sample; undefined before images are loaded. */
  readonly selected: number | undefined;
  /** The tile of it that the user chose, if it is cut into tiles; undefined follows the one with the largest score. */
  readonly tile: number | undefined;
  /** The worker's last view of the chosen sample; undefined before the first. */
  readonly sample: SampleView | undefined;
  /**
   * Settings of the run that `sample` belongs to, if a new run has started since and has no picture yet; undefined if the
   * sample is of the present run.
   */
  readonly earlierRun: RunConfig | undefined;
  /** The reconstruction on the bench: the model's, or the mean of the good training images. */
  readonly reconstructionSource: 'model' | 'mean-image';
  /** The chosen sample with the mean good image as its reconstruction; undefined before it is shown. */
  readonly meanSample: SampleView | undefined;
  /** Step of the past evaluation that is shown for test images; undefined follows the latest. */
  readonly pastStep: number | undefined;
  readonly galleryMode: GalleryMode;
  readonly gallerySort: GallerySort;
  /** Opacity of the overlay over the input, 0 to 1. */
  readonly overlayOpacity: number;
  /** Content of the overlay panel: a layer over the input, or input and reconstruction at a divider. */
  readonly overlayContent: OverlayContent;
  /** Whether the outline of the ground-truth mask is drawn. */
  readonly maskShown: boolean;
  /** Whether the bench shows the statistics of the calibrated residual of good training images. */
  readonly leftOverShown: boolean;
  readonly theme: Theme;
  /** Weight of past values in the smoothed loss curve, 0 (none) to 0.99. */
  readonly lossSmoothing: number;
  readonly lossScale: 'log' | 'linear';
  /** The horizontal axis of the loss curve. */
  readonly lossAbscissa: 'step' | 'epoch';
  /** The axis of an AUROC: whole (0 to 1), or fitted to its values. */
  readonly aurocRange: 'whole' | 'fit';
}

/** The tile that the bench shows; undefined if the image is not cut into tiles. */
export const shownTile = ({ sample, selected }: ViewState): number | undefined =>
  sample && sample.index === selected ? sample.tile?.index : undefined;

export const initialView: ViewState = {
  page: 'bench',
  figure: 'filter',
  droppedImage: undefined,
  selected: undefined,
  tile: undefined,
  sample: undefined,
  earlierRun: undefined,
  meanSample: undefined,
  reconstructionSource: 'model',
  galleryMode: 'test',
  gallerySort: 'score-descending',
  overlayOpacity: 0.6,
  overlayContent: 'residual',
  pastStep: undefined,
  maskShown: true,
  leftOverShown: false,
  theme: 'system',
  lossSmoothing: 0.6,
  lossScale: 'log',
  lossAbscissa: 'step',
  aurocRange: 'whole',
};
