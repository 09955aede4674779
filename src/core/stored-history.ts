/** A run's history as JSON: losses and spectra as columns, which are far smaller than lists of records. */
import * as v from 'valibot';
import { runConfigSchema } from './config.ts';
import { ResiduaError } from './errors.ts';
import { evaluationSettingsOf } from './evaluation-settings.ts';
import { type Evaluation, type History, hasObjectives, type SpectrumRecord, stepRecord } from './history.ts';
import { runChangesSchema } from './run-change.ts';

const number = v.pipe(v.number(), v.finite('must be finite'));
const atLeast0 = v.pipe(number, v.minValue(0, 'must be at least 0'));
const share = v.pipe(atLeast0, v.maxValue(1, 'must be at most 1'));

/** Far beyond the steps and epochs of any run, and exact as a float64. */
const largestCount = 1e12;

/** The schema of a whole number from 0, such as a step. */
export const countSchema = v.pipe(
  atLeast0,
  v.integer('must be a whole number'),
  v.maxValue(largestCount, `must be at most ${largestCount}`),
);

/** The schema of a metric: a share, or the reason that it is undefined. */
export const metricSchema = v.variant('defined', [
  v.strictObject({ defined: v.literal(true), value: share }),
  v.strictObject({ defined: v.literal(false), reason: v.string() }),
]);

/** Longer than any folder's path that could name a category. */
const longestName = 1000;

/** The schema of a category's name. */
export const categoryNameSchema = v.pipe(
  v.string(),
  v.maxLength(longestName, `must have at most ${longestName} characters`),
);

const evaluationSchema = v.object({
  epoch: countSchema,
  step: countSchema,
  scores: v.array(number),
  imageAuroc: metricSchema,
  residualScale: atLeast0,
  residualDcShare: share,
  ...evaluationSettingsOf(runConfigSchema.entries),
  elapsedMs: atLeast0,
});

/** Spectra of the residual as columns, `power` with one row per epoch. */
const spectraSchema = v.pipe(
  v.object({
    epoch: v.array(countSchema),
    step: v.array(countSchema),
    power: v.array(v.array(number)),
    inputPower: v.array(number),
  }),
  v.check(
    ({ epoch, step, power }) => epoch.length === step.length && epoch.length === power.length,
    'must have as many epochs as steps and powers',
  ),
  v.check(
    ({ power, inputPower }) => power.every(({ length }) => length === inputPower.length),
    'must have one number of radii',
  ),
);

/** The schema of a stored history, after its migration. */
export const historySchema = v.object({
  steps: v.pipe(
    v.object({
      step: v.array(countSchema),
      epoch: v.array(countSchema),
      loss: v.array(number),
      /** Absent if no step has a separate objective. */
      objective: v.optional(v.array(number)),
    }),
    v.check(
      ({ step, epoch, loss, objective = loss }) =>
        [epoch, loss, objective].every(({ length }) => length === step.length),
      'must have as many steps as epochs and losses',
    ),
  ),
  evaluations: v.array(evaluationSchema),
  /** Absent in older files. */
  spectra: v.optional(spectraSchema),
  /** Settings that changed during the run; absent if none did. `config` has the last values. */
  changes: v.optional(runChangesSchema),
});

/** The JSON of a history. */
export type StoredHistory = v.InferOutput<typeof historySchema>;

/** As many significant digits as restore every float32 exactly. */
export const exactDigits = 9;

const plainEvaluation = ({ scores, ...rest }: Evaluation) => ({ ...rest, scores: Array.from(scores) });

/**
 * Returns the JSON of a history, which restores all its numbers exactly but its spectra.
 * @param digits significant digits of the spectra; `exactDigits` restores them exactly, too
 */
export const toStoredHistory = (
  { steps, evaluations, spectra, changes = [] }: History,
  digits: number,
): StoredHistory => {
  const rounded = (values: Float32Array): number[] =>
    Array.from(values, (value) => Number(value.toPrecision(digits)));
  return {
    steps: {
      step: steps.map(({ step }) => step),
      epoch: steps.map(({ epoch }) => epoch),
      loss: steps.map(({ loss }) => loss),
      ...(hasObjectives(steps) ? { objective: steps.map(({ loss, objective = loss }) => objective) } : {}),
    },
    evaluations: evaluations.map(plainEvaluation),
    spectra: {
      epoch: spectra.map(({ epoch }) => epoch),
      step: spectra.map(({ step }) => step),
      power: spectra.map(({ power }) => rounded(power)),
      inputPower: spectra[0] ? rounded(spectra[0].inputPower) : [],
    },
    ...(changes.length > 0 ? { changes } : {}),
  };
};

const readSpectra = (spectra: StoredHistory['spectra']): SpectrumRecord[] => {
  if (!spectra) return [];
  const inputPower = Float32Array.from(spectra.inputPower);
  return spectra.power.map((power, index) => ({
    epoch: spectra.epoch[index]!,
    step: spectra.step[index]!,
    power: Float32Array.from(power),
    inputPower,
  }));
};

/** Returns the history of its JSON. */
export const fromStoredHistory = ({ steps, evaluations, spectra, changes }: StoredHistory): History => ({
  steps: steps.step.map((_, index) => stepRecord(steps, index)),
  evaluations: evaluations.map(({ scores, ...rest }) => ({ ...rest, scores: Float64Array.from(scores) })),
  spectra: readSpectra(spectra),
  ...(changes ? { changes } : {}),
});

/** The index of the first value that is not larger than the one before; -1 if all are. */
const firstDescent = (values: readonly number[]): number =>
  values.findIndex((value, index) => index > 0 && value <= values[index - 1]!);

/** Returns the fault of a history whose steps do not ascend, in a sentence without its period; undefined if they do. */
export const historyFault = ({ steps, evaluations, spectra }: StoredHistory): string | undefined => {
  const columns: readonly (readonly [string, readonly number[]])[] = [
    ['steps.step', steps.step],
    ['evaluations.step', evaluations.map(({ step }) => step)],
    ['spectra.step', spectra?.step ?? []],
  ];
  for (const [field, values] of columns) {
    const at = firstDescent(values);
    if (at >= 0) return `history.${field} goes from ${values[at - 1]} to ${values[at]}: steps must ascend`;
  }
  return undefined;
};

/**
 * Replacer of `JSON.stringify`, which writes NaN and infinities as null: only the next reader would detect that.
 * @throws ResiduaError `non-finite-loss` naming the number
 */
export const finiteOnly = (_key: string, value: unknown): unknown => {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new ResiduaError(
      'non-finite-loss',
      `The run's history contains ${value}, which a file cannot represent.`,
      'Train again with a lower learning rate.',
    );
  }
  return value;
};
