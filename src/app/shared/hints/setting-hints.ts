/** The hint of each setting: a sentence or two, with an equation if one exists. */
import type { LossName, RunConfig, WeightName } from '#core/config.ts';
import type { ScoreName } from '#core/scores/score-names.ts';
import type { HintContent } from '../../ui/Hint.tsx';

export const lossHints: Readonly<Record<LossName, HintContent>> = {
  l2: {
    text: 'L2: the mean squared error of the pixels, Eq. 1.',
    equation: 'meanSquaredError',
  },
  ssim: {
    text: 'SSIM: 1 − structural similarity in Gaussian windows, the paper’s baseline AE(SSIM).',
    equation: 'ssim',
  },
  frequency: {
    text: 'Frequency distance, Eq. 5: every frequency has the same weight.',
    equation: 'spectralDistance',
  },
  wfdl: {
    text: 'Weighted frequency domain loss, Eq. 8: w(u, v) emphasizes the high frequencies that a mean squared error neglects.',
    equation: 'wfdl',
  },
  'focal-frequency': {
    text: 'Focal frequency loss (Jiang et al., ICCV 2021): frequencies with large errors get more weight.',
    equation: 'focal',
  },
  composite: {
    text: 'A sum of the other losses, each with its own factor.',
    equation: 'composite',
  },
};

export const weightHints: Readonly<Record<WeightName, HintContent>> = {
  radial: {
    text: 'The distance from the zero frequency, with signed frequencies: Eq. 7 as the text describes it.',
    equation: 'radialWeight',
  },
  'radial-literal': {
    text: 'Eq. 7 as printed, with u and v from 0 to M − 1: the lowest negative frequencies get the largest weight.',
    equation: 'radialWeight',
  },
  uniform: {
    text: 'The same weight for every frequency: the distance of Eq. 5.',
    equation: 'constantWeight',
  },
  power: {
    text: 'p = 0 is uniform, p = 1 is radial. A larger p favors the highest frequencies.',
    equation: 'power',
  },
  'adaptive-dataset': {
    text: 'Divides by the mean spectrum of the training images, as the paper’s conclusion proposes. w is rescaled to the mean of the radial weight.',
    equation: 'adaptive',
  },
  'adaptive-batch': {
    text: 'Divides by the mean spectrum of the current batch. The gradient treats w as constant.',
    equation: 'adaptive',
  },
  curve: {
    text: 'w follows the curve g that you draw over the radius. It is rescaled to the mean of the radial weight.',
    equation: 'curveWeight',
  },
};

export const scoreHints: Readonly<Record<ScoreName, HintContent>> = {
  sum: {
    text: 'Eq. 9: the squared residual, summed over pixels and channels.',
    equation: 'squaredErrorScore',
  },
  mean: {
    text: 'Eq. 9 divided by the number of values: comparable between sides.',
    equation: 'meanScore',
  },
  'blurred-maximum': {
    text: 'The maximum of the squared residual after a Gaussian blur. It suits small defects.',
    equation: 'blurredScore',
  },
  'top-share': {
    text: 'The mean of the largest squared residuals. The setting below says what percentage of the pixels.',
  },
  ssim: {
    text: '1 − SSIM, averaged over the image: missing structure, at any brightness.',
    equation: 'ssim',
  },
  gradient: {
    text: 'Edges that only the image or only its reconstruction has.',
    equation: 'gradientScore',
  },
  spectral: { text: 'Eq. 8 as a score: the weighted spectrum of the residual.', equation: 'wfdl' },
};

const factorOf = (loss: string): HintContent => ({
  text: `Factor λ of the ${loss} loss in the sum, 0 to 1000; 0 omits it. The scales of the losses differ: WFDL is about a thousand times L2.`,
  equation: 'composite',
});

/** One per setting. If the meaning depends on the value (loss, weight, score), the value's hint is shown. */
export const settingHints: Readonly<Record<keyof RunConfig, HintContent>> = {
  loss: { text: 'The loss that training minimizes.' },
  ssimWindow: {
    text: 'Side of the Gaussian window for means, variances and the covariance: odd, 3 to 31. Only windows that lie fully inside the image count.',
    equation: 'ssim',
  },
  ssimSigma: {
    text: 'Standard deviation of the window’s Gaussian. Wang et al. use 1.5 in a window of 11.',
    equation: 'gaussian',
  },
  ssimK1: {
    text: 'C₁ prevents 0 / 0 in SSIM’s comparison of means.',
    equation: 'ssimConstant1',
  },
  ssimK2: {
    text: 'C₂ does the same for variances. A larger K₂ reduces the influence of flat regions.',
    equation: 'ssimConstant2',
  },
  focalAlpha: {
    text: 'Exponent of the frequency weight: large errors count more, and 0 gives all the same weight. The weight is normalized to [0, 1] per channel of each image. The gradient treats it as constant.',
    equation: 'focalWeight',
  },
  compositeL2: factorOf('L2'),
  compositeSsim: factorOf('SSIM'),
  compositeFrequency: factorOf('frequency'),
  compositeWfdl: factorOf('WFDL'),
  compositeFocalFrequency: factorOf('focal'),
  weight: { text: 'The factor of each frequency’s error in the loss.', equation: 'radialWeight' },
  weightPower: {
    text: 'p is from 0 to 3: 0 is uniform, 1 is radial.',
    equation: 'power',
  },
  weightGamma: {
    text: 'γ is from 0 to 2; 0 is the radial weight. A larger γ reduces the weight of frequencies with much energy in the images.',
    equation: 'adaptive',
  },
  weightEpsilon: {
    text: 'ε: frequencies below this magnitude count as empty. It is given as the standard deviation of white noise. Rounding to 8 bits alone gives 0.0011.',
    equation: 'adaptive',
  },
  weightCurve: weightHints.curve,
  dcWeight: {
    text: 'Weight c of the zero frequency, in units of the largest weight. At 0, as Eq. 7 is printed, the mean brightness is never trained; 1 trains it.',
    equation: 'meanWeight',
  },
  curriculum: {
    text: 'Fraction of the run in which the weight grows from uniform to w: low frequencies are learned first. 0 uses w from the first step, as the paper does.',
    equation: 'curriculum',
  },
  side: {
    text: 'Width and height of the resized images, in pixels. The time per step grows with its square.',
  },
  fit: {
    text: 'How images become square: squeezed, padded by repeating their edges, cropped to their center, or cut into tiles.',
  },
  width: {
    text: 'Multiplies the channels of every layer. Parameters and time grow with about its square. 1 is the paper’s model.',
  },
  batch: {
    text: 'Number of images B per optimizer step. The gradient is the mean over them.',
    equation: 'batchGradient',
  },
  epochs: { text: 'Passes over the training images, each in a new order.' },
  learningRate: {
    text: 'Step size η of RAdam (Liu et al. 2020).',
    equation: 'adamStep',
  },
  schedule: {
    text: 'Constant: η in every step, as in the paper. Cosine: η falls to 0 along half a cosine over the run’s N steps.',
    equation: 'cosine',
  },
  initialisation: {
    text: 'PyTorch: convolutions start uniform within ±1 / √(fan-in). He-normal: they start with variance 2 / fan-in, and WFDL takes far longer to learn.',
  },
  holdOutPercent: {
    text: 'Percentage of train/good that is not trained on, 0 to 50 %, drawn by the seed. A threshold that is fitted to these images shows its real false-alarm rate.',
  },
  weightDecay: {
    text: 'λ adds the parameters to the gradient, as torch.optim.RAdam does.',
    equation: 'weightDecay',
  },
  seed: {
    text: 'Determines the initial weights and the order of the images. The same seed and settings give the same run.',
  },
  evaluateEvery: {
    text: 'Epochs between two evaluations of the test images. Each updates AUROC, scores and the shown image. The last epoch is always evaluated.',
  },
  batchNorm: {
    text: 'The source of μ and σ² at evaluation. Recalibrated: all training images, with the current weights. Running averages lag far behind the weights if an epoch has few steps.',
    equation: 'batchNorm',
  },
  score: { text: 'How the residual is reduced to one anomaly score.', equation: 'squaredErrorScore' },
  residual: {
    text: 'Raw: the squared residual, as in Eq. 9. Calibrated: the squared distance from the residuals of good training images, in units of their spread (σ²).',
    equation: 'calibrated',
  },
  calibrationPooling: {
    text: 'a = 0 calibrates each pixel by itself, a = 1 all pixels together. Aligned parts gain from a small value; parts that turn or shift gain from 1.',
    equation: 'pooling',
  },
  calibrationBands: {
    text: 'Splits the residual into four frequency bands that are calibrated together. Fine structure then counts separately from large residuals.',
  },
  bandLow: {
    text: 'Before any score, filters the residual to the radii between the handles a and b. The lowest step, 0.5, removes exactly the mean.',
    equation: 'band',
  },
  bandHigh: {
    text: 'Before any score, filters the residual to the radii between the handles a and b.',
    equation: 'band',
  },
  blurSigma: {
    text: 'Standard deviation σ of the blur, in pixels at side 256. Smaller sides blur proportionally less.',
    equation: 'gaussian',
  },
  topPercent: {
    text: 'Percentage of the pixels that the score averages: those with the largest squared residuals.',
  },
  nonFiniteStep: {
    text: 'A step whose loss or gradient is infinite or NaN never changes the weights. Stop ends the run at it. Skip goes on and counts such steps, which have no loss in the chart.',
  },
  memoryBudgetMB: {
    text: 'Memory that training may use on the device. A batch that needs more is split into micro-batches.',
  },
  microBatch: {
    text: 'Images that pass through the model at once; 0 uses as many as the memory budget allows. The gradients of all micro-batches add up to that of the batch. Batch norm sees each micro-batch by itself.',
  },
};
