/** What each setting means, in a sentence or two and an equation: the text of its tooltip. */
import type { LossName, RunConfig, WeightName } from '#core/config.ts';
import type { ScoreName } from '#core/scores/score-names.ts';
import type { HintContent } from '../../ui/Hint.tsx';
import { tex } from '../../ui/tex.ts';
import { equations, paperEquations } from '../equations/equations.ts';

export const lossHints: Readonly<Record<LossName, HintContent>> = {
  l2: {
    text: 'L2: squared error of the pixels, Eq. 1, here as a mean over them.',
    equation: paperEquations[1],
  },
  ssim: {
    text: 'SSIM: 1 − structural similarity in Gaussian windows, the baseline AE(SSIM).',
    equation: equations.ssim,
  },
  frequency: {
    text: 'Frequency distance, Eq. 5: every frequency counts alike.',
    equation: paperEquations[5],
  },
  wfdl: {
    text: 'Weighted frequency domain loss, Eq. 8: w(u, v) makes the high frequencies count that a mean squared error leaves out.',
    equation: paperEquations[8],
  },
  'focal-frequency': {
    text: 'Focal frequency loss (Jiang et al., ICCV 2021): frequencies with large errors count more.',
    equation: equations.focal,
  },
  composite: {
    text: 'A sum of the other losses, each times a factor of its own.',
    equation: equations.composite,
  },
};

export const weightHints: Readonly<Record<WeightName, HintContent>> = {
  radial: {
    text: 'Signed frequencies, so that w is the distance from the zero frequency: Eq. 7 as the text means it.',
    equation: paperEquations[7],
  },
  'radial-literal': {
    text: 'u and v from 0 to M − 1, Eq. 7 as printed: the lowest negative frequencies get the largest weight.',
    equation: paperEquations[7],
  },
  uniform: {
    text: 'Every frequency alike: the unweighted distance of Eq. 5.',
    equation: tex`\weight = 1`,
  },
  power: {
    text: 'p = 0 is uniform, p = 1 radial; a larger p favors the highest frequencies.',
    equation: equations.power,
  },
  'adaptive-dataset': {
    text: 'The mean is taken over the training images; w is rescaled to the mean of the radial weight. This is what the paper’s conclusion proposes.',
    equation: equations.adaptive,
  },
  'adaptive-batch': {
    text: 'As adaptive over the data set, but from the images of the present batch; held constant in the gradient.',
    equation: equations.adaptive,
  },
  curve: {
    text: 'w follows the curve g that you draw over the radius, rescaled to the mean of the radial weight.',
    equation: tex`\weight \propto g(\radius / r_{\max})`,
  },
};

export const scoreHints: Readonly<Record<ScoreName, HintContent>> = {
  sum: {
    text: 'Eq. 9: the squared residual, summed over pixels and channels.',
    equation: paperEquations[9],
  },
  mean: {
    text: 'The same as Eq. 9, divided by the number of values: comparable between sides.',
    equation: tex`A = \mean \squaredResidual`,
  },
  'blurred-maximum': {
    text: 'The strongest spot of the squared residual after a Gaussian blur: for small defects.',
    equation: tex`A = \max G_\sigma * \squaredResidual`,
  },
  'top-share': { text: 'The mean of the largest squared residuals: those of the share of pixels below.' },
  ssim: {
    text: '1 − SSIM, averaged over the image: structure that is missing, whatever its brightness.',
    equation: equations.ssim,
  },
  gradient: {
    text: 'Edges that the image has and its reconstruction has not, or the reverse.',
    equation: tex`A = \sum (\abs{\nabla f} - \abs{\nabla\hat{f}})^2`,
  },
  spectral: { text: 'Eq. 8 as a score: the residual’s spectrum, weighted.', equation: paperEquations[8] },
};

const factorOf = (loss: string): HintContent => ({
  text: `Factor λ of the ${loss} loss in the sum, 0 to 1000. 0 leaves it out. The losses have scales of their own: WFDL is some thousand times L2.`,
  equation: equations.composite,
});

/** Every setting has one. Where the meaning depends on the value (loss, weight, score), the hint of the value is shown instead. */
export const settingHints: Readonly<Record<keyof RunConfig, HintContent>> = {
  loss: { text: 'What training minimizes.' },
  ssimWindow: {
    text: 'Side of the Gaussian window in which means, variances and covariance are taken. Odd, 3 to 31; only windows that lie whole in the image count.',
    equation: equations.ssim,
  },
  ssimSigma: {
    text: 'Standard deviation of the window’s Gaussian. Wang et al. take 1.5 in a window of 11.',
    equation: equations.gaussian,
  },
  ssimK1: {
    text: 'C₁ keeps SSIM’s comparison of means away from 0 / 0.',
    equation: tex`C_1 = (K_1 L)^2, \quad L = 1`,
  },
  ssimK2: {
    text: 'C₂ does the same for variances: a larger K₂ makes flat regions count less.',
    equation: tex`C_2 = (K_2 L)^2, \quad L = 1`,
  },
  focalAlpha: {
    text: 'Exponent of the weight of a frequency, normalized to [0, 1] per channel of each image and held constant in the gradient: large errors count more. 0 weighs all alike.',
    equation: tex`\weight = \frac{\abs{D}^\alpha}{\max \abs{D}^\alpha}, \quad D = F - \hat{F}`,
  },
  compositeL2: factorOf('L2'),
  compositeSsim: factorOf('SSIM'),
  compositeFrequency: factorOf('frequency'),
  compositeWfdl: factorOf('WFDL'),
  compositeFocalFrequency: factorOf('focal'),
  weight: { text: 'How much each frequency counts in the loss.', equation: paperEquations[7] },
  weightPower: {
    text: 'p from 0 (uniform) over 1 (radial) to 3.',
    equation: equations.power,
  },
  weightGamma: {
    text: 'γ from 0 to 2. 0 is the radial weight; the larger, the less a frequency counts that the images hold much of.',
    equation: equations.adaptive,
  },
  weightEpsilon: {
    text: 'ε: the spectrum below which a frequency counts as empty, as the standard deviation of white noise that has it. Rounding to 8 bits alone makes 0.0011.',
    equation: equations.adaptive,
  },
  weightCurve: weightHints.curve,
  dcWeight: {
    text: 'Weight c of the zero frequency, in units of the largest weight. 0 is Eq. 7 as printed: the mean brightness is then never trained. 1 trains it.',
    equation: tex`w(0, 0) = c \cdot \max \weight`,
  },
  curriculum: {
    text: 'Share of the run in which the weight grows from uniform to w. Low frequencies are learned first; 0 uses w from the first step, as the paper does.',
    equation: equations.curriculum,
  },
  side: {
    text: 'Images are resized to this many pixels on each side. The time of a step grows with its square.',
  },
  width: {
    text: 'Multiplies the channels of every layer; parameters and time grow with about its square. 1 is the paper’s model.',
  },
  batch: {
    text: 'Images B per optimizer step: the gradient is the mean of theirs.',
    equation: tex`g = \frac{1}{B} \sum_{b=1}^B \nabla L(f_b)`,
  },
  epochs: { text: 'Passes over the training images, in a new order each.' },
  learningRate: {
    text: 'Step size η of RAdam (Liu et al. 2020).',
    equation: tex`\theta_t = \theta_{t-1} - \eta r_t \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \varepsilon}`,
  },
  schedule: {
    text: 'Constant: η in every step, as in the paper. Cosine: η falls to 0 along half a cosine over the N steps of the run.',
    equation: equations.cosine,
  },
  initialisation: {
    text: 'PyTorch: convolutions start uniform within ±1 / √(fan-in). He-normal: with variance 2 / fan-in, which WFDL takes far longer to leave.',
  },
  holdOutPercent: {
    text: 'Share of train/good that is not trained on, 0 to 50 %, drawn by the seed. A threshold fitted on these images shows its real false-alarm rate.',
  },
  weightDecay: {
    text: 'λ adds the parameters to the gradient, as torch.optim.RAdam does.',
    equation: tex`g_t = \nabla L + \lambda\theta_{t-1}`,
  },
  seed: {
    text: 'Draws the initial weights and the order of the images. The same seed and settings give the same run.',
  },
  evaluateEvery: {
    text: 'Epochs between two evaluations of the test images. Each renews AUROC, scores and the shown image; the last epoch is always evaluated.',
  },
  batchNorm: {
    text: 'Where μ and σ² come from at evaluation. Recalibrated: from all training images with the present weights. Running averages lag far behind the weights when an epoch has few steps.',
    equation: tex`y = \gamma \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta`,
  },
  score: { text: 'What makes an image’s anomaly score of its residual.', equation: paperEquations[9] },
  residual: {
    text: 'Raw: the squared residual, as Eq. 9. Calibrated: squared distance from the residuals of good training images, in units of their own spread (σ²).',
    equation: equations.calibrated,
  },
  calibrationPooling: {
    text: 'a: 0 calibrates each pixel by itself, 1 all pixels alike. Aligned parts gain from a small value, parts that turn or shift from 1.',
    equation: equations.pooling,
  },
  calibrationBands: {
    text: 'Splits the residual into four bands of frequencies that are calibrated together: fine structure out of place counts apart from large residuals.',
  },
  bandLow: {
    text: 'Filters the residual to the radii between the handles a and b before any score. The lowest step, 0.5, removes exactly the mean.',
    equation: equations.band,
  },
  bandHigh: {
    text: 'Filters the residual to the radii between the handles a and b before any score.',
    equation: equations.band,
  },
  blurSigma: {
    text: 'σ of the blur before the maximum is taken, in pixels at side 256; smaller sides blur proportionally less.',
    equation: equations.gaussian,
  },
  topPercent: {
    text: 'Share of the pixels, those with the largest squared residuals, whose mean is the score.',
  },
  memoryBudgetMB: {
    text: 'Memory that training may take on the device. A batch that needs more passes through the model in parts: micro-batches.',
  },
  microBatch: {
    text: 'Images that pass through the model at once. 0 takes as many as the memory budget allows. The gradients of all parts add up to those of the batch; batch norm sees each part by itself.',
  },
};
