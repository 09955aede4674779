/** What the controls and the figures of the bench mean, in a sentence and, where there is one, an equation. */
import type { HintContent } from '../../ui/Hint.tsx';
import { tex } from '../../ui/tex.ts';

const f1 = tex`F_1 = \frac{2PR}{P + R}`;
const auroc = tex`\mathrm{AUROC} = P(s_+ > s_-)`;
const averagePrecision = tex`\mathrm{AP} = \sum_n (R_n - R_{n-1}) P_n`;
const blend = tex`(1 - a) x + ac`;
/** Which images the line of the threshold separates. */
const called = tex`s \ge t`;

export const controlHints = {
  openFolder: {
    text: 'A category folder in the layout of MVTec AD: train/good, test/…, ground_truth/…. Nothing is uploaded.',
  },
  sample: { text: 'The category that comes with the page: a small, made-up part with defects and masks.' },
  dataset: {
    text: 'The loaded category: images of each split, and whether its anomalous images have masks.',
  },
  modelSource: { text: 'The panels show what the model makes of the image.' },
  meanImageSource: {
    text: 'The panels show the mean good training image in place of a reconstruction, with its residual and spectra.',
  },
  overlayResidual: {
    text: 'The residual over the input x: the larger it is at a pixel, the more a of the color c covers it.',
    equation: blend,
  },
  overlayMask: { text: 'The ground truth in one color c over the input x.', equation: blend },
  overlayCompare: { text: 'Input and reconstruction beside a line that can be dragged.' },
  compareDivider: {
    text: 'Input on the left, reconstruction on the right. Drag the line, or use the arrow keys.',
  },
  poolingAuroc: {
    text: 'Image AUROC of the present score with this pooling; click to choose it. Good images alone do not tell which suits their parts, and what is chosen by AUROC is chosen on test.',
  },
  leftOver: {
    text: 'Two more panels in the image bench: the mean residual of the good training images at each pixel, and its standard deviation.',
  },
  overlayOpacity: {
    text: 'Opacity a of what lies over the input x: full where the residual is largest, or on the mask.',
    equation: blend,
  },
  outline: { text: 'The edge of the ground truth, drawn over the overlay.' },
  step: {
    text: 'One optimizer step, then the shown image is reconstructed.',
  },
  scrubber: {
    text: 'Shows the image as the model reconstructed it at a past evaluation. Nothing is computed anew.',
  },
  chosenOnTest: {
    text: 'An epoch that is picked for its test score says too much: new images score lower. Only the planned last epoch is a result.',
  },
  play: { text: 'Plays the past epochs of this image from first to last.' },
  latest: { text: 'Back to the reconstruction of the present weights.' },
  resetZoom: {
    text: 'All of the images and spectra again. Wheel or pinch zooms, dragging moves, a double click resets; + − 0 on a panel do so too.',
  },
  layoutEdge: {
    text: 'Drag it, or use the arrow keys, to resize what is beside it; a double click takes it back.',
  },
  smoothing: {
    text: 'Exponential mean of the losses with the share β of the past, without the pull of its start towards 0.',
    equation: tex`s_t = \beta s_{t-1} + (1 - \beta) L_t, \quad \frac{s_t}{1 - \beta^t}`,
  },
  testSplit: { text: 'Images that the model never trains on: good ones, and those with defects.' },
  trainSplit: { text: 'The good images that the model trains on.' },
  heldOutSplit: {
    text: 'Good images of train/good that this run does not train on: a threshold is fitted on them.',
  },
  order: { text: 'Order of the images: by the anomaly score of the latest evaluation, or by path.' },
  defectType: { text: 'Shows the images of one defect type only.' },
  allOutcomes: { text: 'All images, whatever the threshold makes of them.' },
  smallThumbnails: { text: 'Small thumbnails: as many images as possible.' },
  mediumThumbnails: { text: 'Medium thumbnails.' },
  largeThumbnails: { text: 'Large thumbnails: the most to see of each image.' },
  threshold: {
    text: 'Images whose score s reaches the threshold t are called anomalous. Drag it, or use the arrow keys.',
    equation: called,
  },
  manual: { text: 'Set by hand: drag the line, or move it with the arrow keys.', equation: called },
  f1Maximum: {
    text: 'The threshold of the largest F1 on the test images themselves: an upper bound.',
    equation: f1,
  },
  goodQuantile: {
    text: 'A quantile q of the scores of the held-out good images, or else of the good training images: needs no anomalous image.',
    equation: tex`P(s \le t) = q`,
  },
  quantile: {
    text: 'Share q of these good images that stay below: at 0.95 about 5 % of them are false alarms.',
  },
  falseAlarmRate: {
    text: 'Good images whose score reaches the threshold. The Clopper-Pearson interval holds the rate on new good parts in 95 of 100 draws; for held-out images also where the threshold was fitted on them.',
  },
  roc: {
    text: 'Recall over the false positive rate, for every threshold. Drag the point along the curve, or use the arrow keys.',
    equation: auroc,
  },
  precisionRecall: {
    text: 'Precision over recall, for every threshold. Drag the point along the curve, or use the arrow keys.',
    equation: averagePrecision,
  },
  precision: {
    text: 'Share of the images called anomalous that are.',
    equation: tex`P = \frac{\mathrm{TP}}{\mathrm{TP} + \mathrm{FP}}`,
  },
  recall: {
    text: 'Share of the anomalous images that are called so.',
    equation: tex`R = \frac{\mathrm{TP}}{\mathrm{TP} + \mathrm{FN}}`,
  },
  falsePositiveRate: {
    text: 'False positive rate: share of the good images that are called anomalous.',
    equation: tex`\mathrm{FPR} = \frac{\mathrm{FP}}{\mathrm{FP} + \mathrm{TN}}`,
  },
  f1: { text: 'Harmonic mean of precision and recall.', equation: f1 },
  accuracy: {
    text: 'Share of all images that are called what they are.',
    equation: tex`\frac{\mathrm{TP} + \mathrm{TN}}{\mathrm{TP} + \mathrm{FP} + \mathrm{TN} + \mathrm{FN}}`,
  },
  auroc: {
    text: 'Probability that an anomalous image has a higher score than a good one; ties count half.',
    equation: auroc,
  },
  averagePrecision: {
    text: 'Average precision: the precision at each threshold, weighted with the recall that it adds.',
    equation: averagePrecision,
  },
  f1Max: { text: 'The largest F1 that a threshold reaches on these images.', equation: f1 },
  pixelAuroc: {
    text: 'Probability that an anomalous pixel has a larger residual than a good one.',
    equation: auroc,
  },
  auPro: {
    text: 'AU-PRO: share of each defect region that is found, averaged over regions and over false positive rates up to 0.3. Small defects count as much as large ones.',
  },
  relativePower: {
    text: 'Power of the residual over that of the images, by radius: 1 is a frequency that nothing was learned of.',
    equation: tex`E_r / P_r`,
  },
  absolutePower: {
    text: 'What the radius contributes to the mean squared residual.',
    equation: tex`\mathrm{MSE} = \sum_r E_r`,
  },
} as const satisfies Record<string, HintContent>;
