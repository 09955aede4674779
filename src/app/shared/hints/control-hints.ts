/** The hints of controls and figures: a sentence or two, with an equation if one exists. */
import type { HintContent } from '../../ui/Hint.tsx';

export const controlHints = {
  openFolder: {
    text: 'Opens a category folder with the layout of MVTec AD: train/good, test/…, ground_truth/…. Nothing is uploaded.',
  },
  sample: {
    text: 'Loads the category that comes with the page: a small synthetic part with defects and masks.',
  },
  dataset: {
    text: 'The loaded category: the images of each split, and whether its anomalous images have masks.',
  },
  modelSource: { text: 'Shows the model’s reconstruction, with its residual and spectra.' },
  meanImageSource: {
    text: 'Shows the mean of the good training images instead of a reconstruction, with its residual and spectra.',
  },
  overlayResidual: {
    text: 'Blends the color c of the score’s map, such as the residual, over the input x. The opacity a grows with the map.',
    equation: 'blend',
  },
  overlayMask: { text: 'Blends the ground truth over the input x, in one color c.', equation: 'blend' },
  overlayCompare: { text: 'Shows the input and the reconstruction on the two sides of a divider.' },
  compareDivider: {
    text: 'Input on the left, reconstruction on the right. Drag the divider, or use the arrow keys.',
  },
  poolingAuroc: {
    text: 'Image AUROC of the current score with this pooling. Click to choose it. Good images alone do not show which pooling suits them, and a choice by AUROC is a choice on the test set.',
  },
  leftOver: {
    text: 'Adds two panels to the image bench: the mean and the standard deviation of the good training images’ residuals at each pixel.',
  },
  overlayOpacity: {
    text: 'Opacity a of the overlay on the input x: full at the largest residual, or on the mask.',
    equation: 'blend',
  },
  original: {
    text: 'Opens this image at the size of its file, with the map over it, to zoom in.',
  },
  ownScale: {
    text: 'Paints this residual up to its own largest value: a weak residual becomes visible, but pictures can no longer be compared. The color bar shows the ends.',
  },
  originalOpacity: { text: 'Opacity of the map over the original image, where the residual is largest.' },
  originalZoom: {
    text: 'Pixels of the screen for a pixel of the file. The wheel and the keys +, − and 0 zoom too; drag to move.',
  },
  outline: { text: 'Draws the edge of the ground truth over the overlay.' },
  tile: {
    text: 'The image is cut into overlapping squares, and its score is the largest of theirs. The panels show one of them. Original shows all maps together.',
  },
  step: {
    text: 'Runs one optimizer step, then reconstructs the shown image.',
  },
  scrubber: {
    text: 'Shows the image as the model reconstructed it at a past evaluation. Nothing is computed again. A click on the AUROC, on the loss or on a spectral map chooses an epoch too.',
  },
  comparisonEpoch: {
    text: 'Shows every row at its held evaluation nearest to this epoch. Runs without past epochs stay at their last one.',
  },
  chosenOnTest: {
    text: 'An epoch that is chosen by its test AUROC is too optimistic: new images give a lower one. Only the planned last epoch is a result.',
  },
  play: { text: 'Plays the past epochs of this image, from the first to the last.' },
  latest: { text: 'Returns to the reconstruction by the current weights.' },
  resetZoom: {
    text: 'Shows the whole images and spectra again. To zoom, use Ctrl or ⌘ with the wheel, pinch, or press + and −. Drag to move; double-click or press 0 to reset.',
  },
  layoutEdge: {
    text: 'Drag it or use the arrow keys to resize the panels beside it. Double-click to restore the default size.',
  },
  smoothing: {
    text: 'Exponential moving average of the losses with decay β, corrected for its start at 0.',
    equation: 'smoothedLoss',
  },
  testSplit: { text: 'Good and anomalous images that the model never trains on.' },
  trainSplit: { text: 'The good images that the model trains on.' },
  heldOutSplit: {
    text: 'Images of train/good that this run does not train on. Thresholds are fitted to them.',
  },
  order: { text: 'Sorts the images by the anomaly score of the latest evaluation, or by path.' },
  defectType: { text: 'Shows the images of one defect type only.' },
  allOutcomes: { text: 'Shows all images, on both sides of the threshold.' },
  smallThumbnails: { text: 'Small thumbnails: the most images at once.' },
  mediumThumbnails: { text: 'Medium thumbnails.' },
  largeThumbnails: { text: 'Large thumbnails: the most detail in each image.' },
  threshold: {
    text: 'Images whose score s reaches the threshold t are flagged as anomalous. Drag the line, or use the arrow keys.',
    equation: 'flagged',
  },
  manual: { text: 'The threshold that you set: drag the line, or use the arrow keys.', equation: 'flagged' },
  f1Maximum: {
    text: 'The threshold with the largest F1 on the test images themselves: an upper bound.',
    equation: 'f1',
  },
  goodQuantile: {
    text: 'A quantile q of the scores of held-out good images, or of good training images if none are held out: few of them are false alarms. It needs no anomalous images.',
    equation: 'quantile',
  },
  falseAlarmLimit: {
    text: 'The largest fraction 1 − q of these good images that may reach the threshold. On other good images the fraction varies: see the interval under At the threshold.',
  },
  falseAlarmRate: {
    text: 'The fraction of good images whose score reaches the threshold, with its 95 % Clopper-Pearson interval. For held-out images, the interval holds even if the threshold was fitted to them.',
  },
  roc: {
    text: 'Recall over the false positive rate, at every threshold. Drag the point along the curve, or use the arrow keys.',
    equation: 'auroc',
  },
  precisionRecall: {
    text: 'Precision over recall, at every threshold. Drag the point along the curve, or use the arrow keys.',
    equation: 'averagePrecision',
  },
  precision: {
    text: 'Of the images flagged as anomalous, the fraction that are.',
    equation: 'precision',
  },
  recall: {
    text: 'Of the anomalous images, the fraction that is flagged.',
    equation: 'recall',
  },
  falsePositiveRate: {
    text: 'False positive rate: of the good images, the fraction that is flagged as anomalous.',
    equation: 'falsePositiveRate',
  },
  f1: { text: 'The harmonic mean of precision and recall.', equation: 'f1' },
  accuracy: {
    text: 'Of all images, the fraction that is classified correctly.',
    equation: 'accuracy',
  },
  auroc: {
    text: 'The probability that an anomalous image scores higher than a good one; ties count half.',
    equation: 'auroc',
  },
  averagePrecision: {
    text: 'Average precision: the mean of the precision at each threshold, weighted by the gain in recall.',
    equation: 'averagePrecision',
  },
  f1Max: { text: 'The largest F1 that a threshold reaches on these images.', equation: 'f1' },
  pixelAuroc: {
    text: 'The probability that an anomalous pixel has a larger residual than a good one.',
    equation: 'auroc',
  },
  auPro: {
    text: 'AU-PRO: the detected fraction of each defect region, averaged over regions and over false positive rates up to 0.3. Small defects count as much as large ones.',
  },
  openSpectrum: {
    text: 'Opens the page Spectrum: radial curves, large maps, and the spectra of the shown image.',
  },
  relativePower: {
    text: 'Power of the residual relative to the power of the images, at each radius. 1 means nothing has been learned at this frequency.',
    equation: 'relativeResidual',
  },
  absolutePower: {
    text: 'The contribution of each radius to the mean squared residual.',
    equation: 'errorOfRadii',
  },
} as const satisfies Record<string, HintContent>;
