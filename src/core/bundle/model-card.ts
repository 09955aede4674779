/** The model card of a run: what it is, on which images it was made, how good it is, and where it ends. */
import { epochChoiceOf, epochChoiceWords } from '../epoch-choice.ts';
import type { Fit } from '../fit.ts';
import type { Metric } from '../history.ts';
import { imagesUsed, imagesUsedInWords } from '../images-used.ts';
import type { BootstrapInterval } from '../metrics/bootstrap-interval.ts';
import type { RunReport } from './run-report.ts';

const digits = (value: number): string => value.toFixed(4);

const withInterval = (metric: Metric, interval?: BootstrapInterval): string => {
  if (!metric.defined) return `undefined: ${metric.reason}`;
  return interval?.defined
    ? `${digits(metric.value)} (95 % interval ${digits(interval.lower)} to ${digits(interval.upper)})`
    : digits(metric.value);
};

/** A text in a cell of a Markdown table. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const listed = (sentences: readonly string[], none: string): string =>
  sentences.length === 0 ? none : sentences.map((sentence) => `- ${sentence}`).join('\n');

const metricRows = ({ metrics: { image, pixel } }: RunReport): string => {
  const { auroc, aurocInterval, averagePrecision, f1Maximum } = image.overall;
  const rows = [
    ['Image AUROC', withInterval(auroc, aurocInterval)],
    ['Average precision', withInterval(averagePrecision)],
    ['F1-max (its threshold is fitted on the test images)', withInterval(f1Maximum)],
    ['Pixel AUROC', withInterval(pixel.overall.pixelAuroc)],
    ['AU-PRO, up to a false positive rate of 0.3', withInterval(pixel.overall.auPro)],
    ...image.perDefectType.map(({ defectType, images, value }) => [
      `Image AUROC of ${defectType}, ${images} images`,
      withInterval(value.auroc, value.aurocInterval),
    ]),
  ];
  return rows.map(([name = '', value = '']) => `| ${cell(name)} | ${cell(value)} |`).join('\n');
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const thresholdWords = ({ threshold }: RunReport): string => {
  if ('reason' in threshold) return `None: ${threshold.reason}`;
  const { policy, quantile, fittedOn, images, heldOutFalseAlarms: rate } = threshold;
  const fitted =
    policy === 'good-quantile'
      ? `the ${quantile} quantile of ${images} ${fittedOn}, all good`
      : policy === 'f1-maximum'
        ? `fitted to F1-max on ${images} ${fittedOn}: as optimistic as choosing by the test set`
        : 'set by hand';
  const alarms = rate
    ? ` ${rate.falseAlarms} of ${rate.images} held-out images reach it; the 95 % interval of that rate is ${percent(rate.lower)} to ${percent(rate.upper)}.`
    : '';
  return `An image with a score of at least ${threshold.threshold} is anomalous: ${fitted}.${alarms}`;
};

const scoreWords = ({ snapshot: { evaluations } }: RunReport): string => {
  const last = evaluations.at(-1);
  if (!last) return 'Nothing was evaluated.';
  const { score, residual, bandLow, bandHigh, batchNorm, topPercent, blurSigma } = last;
  const detail =
    score === 'top-share'
      ? ` (top ${topPercent} %)`
      : score === 'blurred-maximum'
        ? ` (sigma ${blurSigma} at side 256)`
        : '';
  return `\`${score}\`${detail} of the ${residual} residual, radii ${bandLow} to ${bandHigh}, batch norm ${batchNorm}.`;
};

/** The pictures of images that are not square. */
const fitWords: Readonly<Record<Fit, string>> = {
  squeeze: 'squeezed into squares',
  pad: 'padded to squares by repeating their edges. The scores count the padding; masks and pixel metrics leave it out',
  crop: 'cropped to their centers. It does not see the rest, where anomaly maps at the original size are 0',
  tiles: 'cut into overlapping squares. The score of an image is the largest of its squares',
};

const limits = ({ snapshot: { config, categoryName, samples } }: RunReport): readonly string[] => {
  const { test, heldOut } = imagesUsed(samples, config);
  const anyLonger = samples.some(({ width, height }) => width !== height);
  return [
    `It knows one kind of part, ${categoryName ?? 'unnamed'}, as one camera saw it. Another camera, light or position needs a new run.`,
    `It sees ${config.side} x ${config.side} pixels: a defect below a pixel of that size is lost.`,
    `The figures come from ${test} test images and one seed. The intervals hold the spread of the images, not that of the seeds.`,
    ...(heldOut > 0
      ? []
      : [
          'No good image was held out: a threshold fitted on trained images gives more false alarms on new ones.',
        ]),
    ...(anyLonger ? [`Images that are not square were ${fitWords[config.fit]}.`] : []),
    'It was not tested for any safety-relevant decision.',
  ];
};

/** Markdown, `README.md` of a bundle. */
export const modelCard = (report: RunReport): string => {
  const { snapshot } = report;
  const { config, samples, categoryName = 'unnamed', evaluations, paper } = snapshot;
  const last = evaluations.at(-1);
  const remark = last ? epochChoiceWords[epochChoiceOf(last, evaluations, config.epochs)] : '';
  return `# Anomaly detector for ${categoryName}

An autoencoder that Residua trained on good images only. It reconstructs an image, and scores the difference.

- Loss \`${config.loss}\`, side ${config.side}, width ${config.width}, batch ${config.batch}, seed ${config.seed}
- ${last ? `Evaluated after epoch ${last.epoch} of ${config.epochs}${remark && `, ${remark}`}` : 'Not evaluated'}
- Score: ${scoreWords(report)}

## Data

${imagesUsedInWords(imagesUsed(samples, config))}. \`images.csv\` lists each file with its use and its SHA-256, \`mapping.json\` with
its masks.

The license of the images also limits the use of what was learned from them. Check it before you share this model; that of MVTec
AD (CC BY-NC-SA 4.0) allows no commercial use.

## Metrics

| metric | value |
|---|---|
${metricRows(report)}

## Threshold

${thresholdWords(report)}

## Differences from the paper

${listed(paper.differences, 'None that Residua knows of.')}

Assumptions where the paper says nothing:

${listed(paper.assumptions, 'None.')}

## Limits

${listed(limits(report), '')}

## Use

\`\`\`sh
python residua_torch.py verify . --data path/to/${categoryName}
python residua_torch.py train --data path/to/${categoryName} --mapping mapping.json --config config.json --out OUT
\`\`\`

\`model.onnx\` needs nothing else: images in, scores and decisions out. Residua imports it, \`model.safetensors\`, \`model.json\` with
\`weights.bin\`, and the whole bundle.
`;
};
