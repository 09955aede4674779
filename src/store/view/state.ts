/** What the user looks at, and how: the shown sample and the options of the panels. */
import type { SampleView } from '#core/history.ts';

export type Theme = 'system' | 'light' | 'dark';
export const pageNames = ['bench', 'figures', 'table', 'method'] as const;
export type PageName = (typeof pageNames)[number];
/** A figure of the page Figures: the filter explorer, or runs side by side. */
export type FigureName = 'filter' | 'comparison';
export type GallerySort = 'score-descending' | 'score-ascending' | 'path';

/** Images that the gallery shows: the test split, the images that are trained on, or those that are held out. */
export type GalleryMode = 'test' | 'train' | 'held-out';

export type OverlayContent = 'residual' | 'mask' | 'compare';

export interface ViewState {
  /** The page that is shown. */
  readonly page: PageName;
  readonly figure: FigureName;
  /** A dropped image, until the filter explorer opens it. */
  readonly droppedImage: File | undefined;
  /** Index of the chosen sample; undefined before images are loaded. */
  readonly selected: number | undefined;
  /** What the worker last told of the chosen sample; undefined until it has. */
  readonly sample: SampleView | undefined;
  /** What the bench shows as the reconstruction: the model's, or the mean of the good training images. */
  readonly reconstructionSource: 'model' | 'mean-image';
  /** The chosen sample with the mean good image as its reconstruction; undefined until it was wanted. */
  readonly meanSample: SampleView | undefined;
  /** Step of the kept evaluation as of which test images are shown; undefined follows the latest. */
  readonly pastStep: number | undefined;
  readonly galleryMode: GalleryMode;
  readonly gallerySort: GallerySort;
  /** Opacity of what lies over the input, 0 to 1. */
  readonly overlayOpacity: number;
  /** What the overlay panel shows: one of these over the input, or input and reconstruction beside a divider. */
  readonly overlayContent: OverlayContent;
  /** Whether the outline of the ground-truth mask is drawn. */
  readonly maskShown: boolean;
  /** Whether the bench shows what good training images leave over, where the residual is calibrated. */
  readonly leftOverShown: boolean;
  readonly theme: Theme;
  /** Share of the past in the smoothed loss curve, 0 (none) to 0.99. */
  readonly lossSmoothing: number;
  readonly lossScale: 'log' | 'linear';
  /** What the loss curve is drawn over. */
  readonly lossAbscissa: 'step' | 'epoch';
  /** The whole axis of an AUROC, 0 to 1, or only where its values lie. */
  readonly aurocRange: 'whole' | 'fit';
}

export const initialView: ViewState = {
  page: 'bench',
  figure: 'filter',
  droppedImage: undefined,
  selected: undefined,
  sample: undefined,
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
