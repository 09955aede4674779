/** The settings in which a run differs from the paper's experiment, in words. */
import { compositeShares, largestBandRadius, type RunConfig } from '../config.ts';
import { meanRemovingCut } from '../evaluation-settings.ts';
import { presets } from '../presets.ts';
import type { ScoreName } from '../scores/score-names.ts';
import { isPaperLoss } from '../table/paper-table.ts';

const fitWords: Readonly<Record<RunConfig['fit'], string>> = {
  squeeze: 'squeezed',
  pad: 'padded',
  crop: 'cropped to their center',
  tiles: 'cut into tiles',
};

const { paper } = presets;

/** Whether the config uses this loss, alone or as a part of the composite. */
const uses = (config: RunConfig, loss: keyof typeof compositeShares): boolean =>
  config.loss === loss || (config.loss === 'composite' && config[compositeShares[loss]] > 0);

const compositeParts = (config: RunConfig): string =>
  Object.entries(compositeShares)
    .filter(([, share]) => config[share] > 0)
    .map(([loss, share]) => `${config[share]} x ${loss}`)
    .join(' + ');

const lossWords = (config: RunConfig): string | undefined => {
  if (isPaperLoss(config.loss)) return undefined;
  const name = config.loss === 'composite' ? `composite (${compositeParts(config)})` : config.loss;
  return `Loss ${name}, which is not in Table II.`;
};

/** Loss settings for which the paper gives no value, including those of losses that it does not have. */
const lossSettingWords = (config: RunConfig): readonly (string | undefined)[] => {
  const { ssimWindow, ssimSigma, ssimK1, ssimK2, focalAlpha } = config;
  const ssim = { window: [ssimWindow, paper.ssimWindow], sigma: [ssimSigma, paper.ssimSigma] } as const;
  const constants = { K1: [ssimK1, paper.ssimK1], K2: [ssimK2, paper.ssimK2] } as const;
  return [
    ...(uses(config, 'ssim')
      ? Object.entries({ ...ssim, ...constants }).map(([name, [value, usual]]) =>
          value === usual
            ? undefined
            : `SSIM ${name} ${value} instead of ${usual}, the usual value; the paper names none.`,
        )
      : []),
    uses(config, 'focal-frequency') && focalAlpha !== paper.focalAlpha
      ? `Focal frequency loss with alpha ${focalAlpha} instead of its authors’ ${paper.focalAlpha}.`
      : undefined,
  ];
};

const weightWords = (config: RunConfig): string | undefined => {
  const { weight, weightPower, weightGamma, weightEpsilon, weightCurve } = config;
  const paperWeight = 'instead of the radial one (Eq. 7)';
  switch (weight) {
    case 'radial':
      return undefined;
    case 'radial-literal':
      return 'Frequency weight on the indices 0 to S - 1, as in the printed Eq. 7, instead of on signed frequencies, as in the paper’s text and figures.';
    case 'uniform':
      return `Frequency weight uniform (Eq. 5) ${paperWeight}.`;
    case 'power':
      return `Frequency weight radius^${weightPower} ${paperWeight}.`;
    case 'curve':
      return `Frequency weight by a drawn curve (${weightCurve}) ${paperWeight}.`;
    case 'adaptive-dataset':
    case 'adaptive-batch':
      return `Frequency weight adapted to the ${weight === 'adaptive-batch' ? 'batch' : 'training images'} (gamma ${weightGamma}, epsilon ${weightEpsilon}) ${paperWeight}.`;
  }
};

const scoreNamesInWords: Readonly<Record<ScoreName, (config: RunConfig) => string>> = {
  sum: () => 'sum of the squared residual',
  mean: () => 'mean of the squared residual, which ranks images like the sum,',
  'blurred-maximum': ({ blurSigma }) =>
    `largest value of the blurred residual (sigma ${blurSigma} px at side 256)`,
  'top-share': ({ topPercent }) => `mean of the largest ${topPercent} % of the residual`,
  ssim: () => '1 - SSIM',
  gradient: () => 'gradient magnitude of the residual',
  spectral: () => 'weighted spectrum of the residual',
};

/** Scores that compare the images themselves, without a residual to calibrate. */
const uncalibratedScores: readonly ScoreName[] = ['ssim', 'gradient', 'spectral'];

const bandWords = ({ bandLow, bandHigh }: RunConfig): string | undefined => {
  const open = bandHigh >= largestBandRadius;
  if (bandLow === 0 && open) return undefined;
  if (bandLow === meanRemovingCut && open) return 'Score without the residual’s mean; Eq. 9 includes it.';
  return `Score on the residual’s frequencies ${open ? `of radius ${bandLow} and above` : `of radii ${bandLow} to ${bandHigh}`}; Eq. 9 uses all.`;
};

const scoreWords = (config: RunConfig): readonly (string | undefined)[] => {
  const { score, residual, calibrationPooling, calibrationBands } = config;
  const calibrated = residual === 'calibrated' && !uncalibratedScores.includes(score);
  return [
    score === paper.score
      ? undefined
      : `Score: ${scoreNamesInWords[score](config)} instead of the sum of the squared residual (Eq. 9).`,
    calibrated
      ? `Residual calibrated on good training images (pooling ${calibrationPooling}${calibrationBands === 'on' ? ', in bands' : ''}) instead of the plain one (Eq. 9).`
      : undefined,
    bandWords(config),
  ];
};

const weightedLossWords = (config: RunConfig): readonly (string | undefined)[] =>
  uses(config, 'wfdl')
    ? [
        weightWords(config),
        config.dcWeight === paper.dcWeight
          ? undefined
          : `DC weight ${config.dcWeight} instead of 0 (Eq. 7): mean brightness is trained.`,
        config.curriculum === paper.curriculum
          ? undefined
          : `Curriculum over the first ${Number((100 * config.curriculum).toPrecision(4))} % of the steps; the paper has none.`,
      ]
    : [];

const numberWords = (value: number, paperValue: number, words: string): string | undefined =>
  value === paperValue ? undefined : words;

/**
 * One sentence per difference, the largest first; none for settings that the run does not use. The seed, the device and its
 * memory do not count, because the paper does not name them.
 * @param config of the run, with the settings of the evaluation in question
 */
export const configDifferences = (config: RunConfig): readonly string[] => {
  const { side, width, batch, epochs, learningRate, weightDecay, holdOutPercent } = config;
  return [
    lossWords(config),
    numberWords(side, paper.side, `Side ${side} px instead of ${paper.side} px.`),
    numberWords(width, paper.width, `${width} times the channels of Table I.`),
    numberWords(
      epochs,
      paper.epochs,
      `${epochs} ${epochs === 1 ? 'epoch' : 'epochs'} instead of ${paper.epochs}.`,
    ),
    numberWords(batch, paper.batch, `Batch ${batch} instead of ${paper.batch}.`),
    numberWords(
      learningRate,
      paper.learningRate,
      `Learning rate ${learningRate} instead of ${paper.learningRate}.`,
    ),
    config.schedule === paper.schedule
      ? undefined
      : 'Cosine learning-rate schedule; the paper names only the initial rate, so a constant rate is assumed.',
    numberWords(
      weightDecay,
      paper.weightDecay,
      `Weight decay ${weightDecay} instead of ${paper.weightDecay}.`,
    ),
    config.initialisation === paper.initialisation
      ? undefined
      : `Initial weights ${config.initialisation}; the paper names none, so PyTorch’s default is assumed.`,
    config.nonFiniteStep === paper.nonFiniteStep
      ? undefined
      : 'Steps with a loss or gradient that is not finite are skipped; the paper does not mention any.',
    config.fit === paper.fit
      ? undefined
      : `Images that are not square are ${fitWords[config.fit]}; those of the paper are square.`,
    ...weightedLossWords(config),
    ...lossSettingWords(config),
    numberWords(
      holdOutPercent,
      paper.holdOutPercent,
      `${holdOutPercent} % of the good training images held out for the threshold; the paper trains on all.`,
    ),
    config.batchNorm === paper.batchNorm
      ? undefined
      : 'Batch-norm statistics recomputed over the training set for evaluation; the paper does not say, so running averages are assumed.',
    ...scoreWords(config),
  ].filter((words) => words !== undefined);
};

/** The assumptions that this run makes where the paper does not specify something. */
export const paperAssumptions = (config: RunConfig): readonly string[] => [
  ...(config.initialisation === paper.initialisation ? ['PyTorch’s default initial weights.'] : []),
  ...(config.schedule === paper.schedule ? ['A constant learning rate.'] : []),
  ...(config.batchNorm === paper.batchNorm ? ['Running averages of batch norm at evaluation.'] : []),
  ...(uses(config, 'ssim') && config.ssimWindow === paper.ssimWindow
    ? ['SSIM with its authors’ Gaussian window of 11 px, sigma 1.5.']
    : []),
  'A decoder that mirrors the encoder; bilinear, antialiased resizing.',
];
