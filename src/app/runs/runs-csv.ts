/** The retained runs as CSV: settings, results and notes. */

import type { RunConfig } from '#core/config.ts';
import { type CsvValue, toCsv } from '#core/csv.ts';
import { epochChoiceOf } from '#core/epoch-choice.ts';
import type { Metric } from '#core/history.ts';
import { paperDifferences } from '#core/paper-differences/paper-differences.ts';
import { presets } from '#core/presets.ts';
import { imagesOfRun } from '#store/runs/measure.ts';
import { comparedRunOf, evaluationOf, lengthOf, type RetainedRun, stepOf } from '#store/runs/retained-run.ts';
import { differenceCells } from '../shared/difference.ts';
import { scoringInWords } from '../shared/measure/measure-words.ts';
import { changesByStep } from '../shared/run-changes.ts';

/** The settings, in the order and with the names of the config, so that a row can be parsed as one. */
const settings = Object.keys(presets.recommended) as readonly (keyof RunConfig)[];

export const runsHeader: readonly string[] = [
  ...['name', 'category'],
  ...settings,
  ...['imageAuroc', 'toVariationModel', 'toVariationModelLower95', 'toVariationModelUpper95'],
  ...[
    'meanImageAuroc',
    'variationModelAuroc',
    'aurocEpoch',
    'epochChoice',
    'epochsTrained',
    'stopped',
    'steps',
  ],
  ...['trainingSeconds', 'device', 'note', 'keptAt', 'differsFromPaper', 'changedDuringRun'],
  ...['evaluatedOn', 'testImages', 'rescoredAuroc', 'rescoredBy', 'rescoredOn'],
];

const definedOrEmpty = (metric: Metric | undefined): CsvValue => (metric?.defined ? metric.value : undefined);

/**
 * One row per run, with its latest rescored AUROC; `epochs` are planned, `epochsTrained` whole ones. Undefined metrics and
 * unknown values are empty cells. Dates are ISO 8601 in UTC.
 */
export const runsRows = (runs: readonly RetainedRun[]): readonly (readonly CsvValue[])[] =>
  runs.map((run) => {
    const evaluation = evaluationOf(run);
    const { references } = run;
    const length = lengthOf(run);
    const rescored = run.rescored?.at(-1);
    return [
      run.name,
      run.categoryName,
      ...settings.map((key) => run.config[key]),
      definedOrEmpty(evaluation?.imageAuroc),
      ...differenceCells(references?.difference),
      definedOrEmpty(references?.meanImage.imageAuroc),
      definedOrEmpty(references?.variationModel.imageAuroc),
      evaluation?.epoch,
      evaluation && epochChoiceOf(evaluation, run.history.evaluations, run.config.epochs),
      length.epochs,
      length.short,
      stepOf(run),
      run.trainMs === undefined ? undefined : run.trainMs / 1000,
      run.device,
      run.note,
      new Date(run.createdAt).toISOString(),
      paperDifferences(comparedRunOf(run)).join(' '),
      changesByStep(run.history.changes, run.summary.stepsPerEpoch)
        .map(({ text }) => text)
        .join('; '),
      imagesOfRun(run).category,
      evaluation?.scores.length,
      definedOrEmpty(rescored?.evaluation.imageAuroc),
      rescored && scoringInWords(rescored.evaluation),
      rescored?.images.category,
    ];
  });

/** The same table as CSV text. */
export const runsCsv = (runs: readonly RetainedRun[]): string => toCsv(runsHeader, runsRows(runs));
