/** A trained run without everything that differs from one training to the next on equal settings, and with fewer digits. */
import type { ExportedRun } from '#core/exported-run.ts';
import { runMark } from '#core/past-epochs/past-epochs.ts';
import { readPastFile, writePastFile } from '#core/past-epochs/past-file.ts';

/** The parts of `model.json` that change. */
interface Model {
  readonly userDefinedMetadata: {
    readonly residua: { readonly history: Columns };
  };
}

interface Columns {
  readonly steps: Readonly<Record<string, readonly number[]>>;
  readonly evaluations: readonly {
    readonly step: number;
    readonly scores: readonly number[];
    readonly elapsedMs: number;
  }[];
  readonly spectra: {
    readonly epoch: readonly number[];
    readonly step: readonly number[];
    /** One row for each epoch. */
    readonly power: readonly (readonly number[])[];
    readonly inputPower: readonly number[];
  };
}

const lossDigits = 6;
const scoreDigits = 7;
const powerDigits = 5;

const rounded = (value: number, digits: number): number => Number(value.toPrecision(digits));

/**
 * Durations are 0. Only the spectra of evaluated epochs stay, because a slower device takes fewer. Losses, scores and spectra are
 * rounded; the past epochs follow, because their file names the run by its losses.
 */
export const reproducibleRun = ({ modelJson, weights, past }: ExportedRun): ExportedRun => {
  const model: Model = JSON.parse(modelJson);
  const { residua } = model.userDefinedMetadata;
  const { steps, evaluations, spectra, ...others } = residua.history;
  const evaluated = evaluations.map(({ step }) => step);
  const ofEvaluated = <T>(rows: readonly T[]): readonly T[] =>
    rows.filter((_, row) => evaluated.some((step) => step === spectra.step[row]));
  const roundedPowers = (powers: readonly number[]): readonly number[] =>
    powers.map((power) => rounded(power, powerDigits));
  const history: Columns = {
    ...others,
    steps: Object.fromEntries(
      Object.entries(steps).map(([name, values]) => [
        name,
        values.map((value) => rounded(value, lossDigits)),
      ]),
    ),
    evaluations: evaluations.map((evaluation) => ({
      ...evaluation,
      scores: evaluation.scores.map((score) => rounded(score, scoreDigits)),
      elapsedMs: 0,
    })),
    spectra: {
      epoch: ofEvaluated(spectra.epoch),
      step: ofEvaluated(spectra.step),
      power: ofEvaluated(spectra.power).map(roundedPowers),
      inputPower: roundedPowers(spectra.inputPower),
    },
  };
  const userDefinedMetadata = { ...model.userDefinedMetadata, residua: { ...residua, history } };
  const run = runMark((history.steps['loss'] ?? []).map((loss) => ({ loss })));
  return {
    modelJson: JSON.stringify({ ...model, userDefinedMetadata }),
    weights,
    past: past && writePastFile({ ...readPastFile(past), run }),
  };
};
