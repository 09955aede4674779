/** One row of the comparison: a run, and its view of one image. */
import type { LossName, RunConfig } from '#core/config.ts';
import type { EpochChoice } from '#core/epoch-choice.ts';
import type { Metric, SampleView } from '#core/history.ts';
import type { PairedDifference } from '#core/metrics/paired-difference.ts';
import type { PaperComparison } from '#core/paper-differences/paper-differences.ts';
import { largest } from '../../image/paint.ts';
import { curveStyles, presentStyle } from '../../plot/curve-style.ts';
import type { RadialCurve } from '../../plot/radial/radial-axis.ts';
import { lossLabels } from '../../shared/labels.ts';
import { differenceUpper } from '../../shared/spectrum/spectra-scales.ts';

export interface ComparisonRow {
  /** Unique among the rows. */
  readonly id: string;
  readonly label: string;
  readonly loss: LossName;
  /** Settings of the run, with those of its score. */
  readonly config: RunConfig;
  /** Image AUROC of the evaluation being shown (the latest, for a retained run); undefined before the first. */
  readonly auroc: Metric | undefined;
  /** In what that evaluation differs from the page's score and images. */
  readonly aurocNotes: readonly string[];
  /** How its epoch was chosen; undefined before an evaluation. */
  readonly epochChoice: EpochChoice | undefined;
  /** `stopped at epoch 12 of 40` if the run is over before its planned end. */
  readonly stopped: string | undefined;
  /** The differences from the paper's experiment. */
  readonly paper: PaperComparison;
  /** That AUROC minus the variation model's; undefined if it is not known. */
  readonly difference: PairedDifference | undefined;
  /** Undefined while the view is being computed, and if that fails. */
  readonly view: SampleView | undefined;
  /** Why there is no view. */
  readonly problem: string | undefined;
}

/** A row whose image has been reconstructed. */
export type FilledRow = ComparisonRow & {
  readonly view: SampleView & { readonly output: NonNullable<SampleView['output']> };
};

export const isFilled = (row: ComparisonRow): row is FilledRow => row.view?.output !== undefined;

/** `epoch 12`, or `stopped at epoch 12 of 40`; both if the view is of an earlier epoch. */
export const epochLines = ({ view, stopped }: FilledRow): readonly string[] => {
  const epoch = `epoch ${view.output.epoch}`;
  if (stopped === undefined) return [epoch];
  return stopped.includes(`${epoch} of`) ? [stopped] : [epoch, stopped];
};

/** Upper ends of the color scales, which all begin at 0. */
export interface ComparisonScales {
  /** Of all spectra: the largest of any row. */
  readonly spectrum: number;
  /** Of all raw residuals: the largest of any row. */
  readonly residual: number;
  /** Of all calibrated residuals, which have another unit. */
  readonly calibrated: number;
  /** Of all residuals' spectra: the same for every epoch and run of an image. */
  readonly difference: number;
}

/** Upper end of the color scale for a row's residual. */
export const residualUpper = (scales: ComparisonScales, row: ComparisonRow): number =>
  row.view?.output?.calibrated ? scales.calibrated : scales.residual;

/** Scales for all rows, which make their colors comparable. */
export const commonScales = (rows: readonly ComparisonRow[]): ComparisonScales => {
  const views = rows.flatMap(({ view }) => (view ? [view] : []));
  const outputs = views.flatMap(({ output }) => (output ? [output] : []));
  const spectra = [
    ...views.map(({ inputSpectrum }) => inputSpectrum),
    ...outputs.map(({ reconstructionSpectrum }) => reconstructionSpectrum),
  ];
  const largestResidual = (calibrated: boolean): number =>
    Math.max(
      0,
      ...outputs.flatMap((output) => (output.calibrated === calibrated ? largest(output.residual) : [])),
    );
  return {
    spectrum: Math.max(0, ...spectra.map(largest)),
    residual: largestResidual(false),
    calibrated: largestResidual(true),
    difference: views[0] ? differenceUpper(views[0].inputSpectrum, views[0].side) : 0,
  };
};

/** The radial curves of the rows, in the colors of their losses; rows of one loss differ by their dash. */
export const radialCurves = (rows: readonly FilledRow[]): readonly RadialCurve[] => {
  const [first, ...others] = rows;
  if (!first) return [];
  const styles = [presentStyle(first.loss), ...curveStyles(others.map(({ loss }) => loss))];
  return rows.map(({ id, label, loss, view }, place) => ({
    key: id,
    name: `${label.startsWith(lossLabels[loss]) ? label : `${lossLabels[loss]}, ${label}`}, epoch ${view.output.epoch}`,
    style: styles[place]!,
    power: view.output.residualPower,
    inputPower: view.inputPower,
  }));
};
