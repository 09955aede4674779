/** A run in the library, and functions that compare several runs. */
import type { RunReferences } from '#core/baselines/run-references.ts';
import type { RunConfig } from '#core/config.ts';
import type { Framing } from '#core/fit.ts';
import type { Evaluation } from '#core/history.ts';
import type { DataFacts } from '#core/paper-differences/data-facts.ts';
import type { ComparedRun } from '#core/paper-differences/paper-differences.ts';
import { type RunLength, runLengthOf } from '#core/run-length.ts';
import type { ColumnHistory } from '#core/step-history.ts';
import type { ExportedRun, RunSummary } from '#worker/protocol.ts';
import type { RetainedDecision } from '../decision/state.ts';

/** The images of an evaluation. */
export interface EvaluatedImages extends Framing {
  readonly category: string;
  /** Number of test images. */
  readonly testImages: number;
}

/** An evaluation of a retained run after its retention, or on other images. */
export interface RescoredEvaluation {
  readonly images: EvaluatedImages;
  readonly evaluation: Evaluation;
}

/** Sizes of a run's files in bytes. */
export interface RunBytes {
  /** `model.json` and `weights.bin`. */
  readonly model: number;
  /** `past.bin`; 0 without past epochs. */
  readonly past: number;
}

/** Returns the sizes of files. */
export const bytesOf = ({ modelJson, weights, past }: ExportedRun): RunBytes => ({
  model: modelJson.length + weights.byteLength,
  past: past?.byteLength ?? 0,
});

/** The race that a run was part of. */
export interface RaceMembership {
  /** The same for all runs of a race. */
  readonly id: string;
  /** 0 for the first run, 1 and 2 for its rivals. */
  readonly place: number;
}

/** A retained run without its weights, which the library reads on request. */
export interface RetainedRun {
  readonly id: string;
  /** Whether it came with the page: it is neither stored nor listed. */
  readonly bundled?: boolean;
  /** Generated at first, changed by the user; not unique. */
  readonly name: string;
  readonly note: string;
  /** Time of the first retention, in milliseconds since 1970 (UTC). */
  readonly createdAt: number;
  /** Category of the training images. */
  readonly categoryName: string;
  /** Settings of the run, with the evaluation settings of its last retention. */
  readonly config: RunConfig;
  readonly history: ColumnHistory;
  /** The device that trained it, in words; undefined if unknown (an imported run). */
  readonly device: string | undefined;
  /**
   * Training time in milliseconds, including compilation and evaluations, but no pauses; of a contestant of a race, the time of
   * its own turns, without compilation. Undefined if unknown (an imported run, or a race of an older page).
   */
  readonly trainMs: number | undefined;
  readonly summary: RunSummary;
  /** Facts about its training images; undefined if unknown (an imported run, or one of an older page). */
  readonly data?: DataFacts | undefined;
  /** The images of its last evaluation; undefined in older records, which were evaluated on their own category. */
  readonly evaluatedOn?: EvaluatedImages | undefined;
  /** Evaluations by other scores or on other images, the latest last. They never replace those of the history. */
  readonly rescored?: readonly RescoredEvaluation[] | undefined;
  /** How its images were judged last; undefined in older records. */
  readonly decision?: RetainedDecision | undefined;
  /** Bytes of its files in the library; undefined for a run of an older page. */
  readonly bytes?: RunBytes | undefined;
  /** Its race; undefined if it trained alone. */
  readonly race?: RaceMembership | undefined;
  /** References of its last evaluation; undefined if they were unknown at its retention. */
  readonly references?: RunReferences | undefined;
}

/** Returns the latest evaluation of a retained run; undefined before the first. */
export const evaluationOf = ({ history }: RetainedRun): Evaluation | undefined => history.evaluations.at(-1);

/** Returns the retained runs of a race, in the order of their places. */
export const runsOfRace = (id: string, retained: readonly RetainedRun[]): readonly RetainedRun[] =>
  retained.filter(({ race }) => race?.id === id).sort((a, b) => (a.race?.place ?? 0) - (b.race?.place ?? 0));

/** Returns a retained run, for the comparison with the paper's experiment. */
export const comparedRunOf = (run: RetainedRun): ComparedRun => ({
  config: run.config,
  epochs: evaluationOf(run)?.epoch ?? lengthOf(run).epochs,
  microBatch: run.summary.microBatch,
  data: run.data,
});

/** Returns the optimizer steps of a retained run's weights. */
export const stepOf = ({ history }: RetainedRun): number => history.steps.at(-1)?.step ?? 0;

/** Returns the length of a retained run. */
export const lengthOf = ({ history, summary, config }: RetainedRun): RunLength =>
  runLengthOf(history.steps, summary.stepsPerEpoch, config.epochs);

/** Returns the settings in which these runs differ, in the order of the config. */
export const differingSettings = (runs: readonly RetainedRun[]): readonly (keyof RunConfig)[] => {
  const [first] = runs;
  if (!first) return [];
  return (Object.keys(first.config) as (keyof RunConfig)[]).filter((key) =>
    runs.some(({ config }) => config[key] !== first.config[key]),
  );
};

/** Returns `Focal frequency` for `focal-frequency`, but `WFDL` for `wfdl`, because short names are abbreviations. */
export const lossInWords = (loss: string): string =>
  loss.length <= 4 ? loss.toUpperCase() : `${loss[0]?.toUpperCase()}${loss.slice(1).replaceAll('-', ' ')}`;

/** Returns an unused name for a run: its loss and the next number, `WFDL 3`. */
export const nextName = (loss: RunConfig['loss'], runs: readonly RetainedRun[]): string => {
  const prefix = `${lossInWords(loss)} `;
  const numbers = runs
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name }) => Number(name.slice(prefix.length)))
    .filter(Number.isInteger);
  return `${prefix}${Math.max(0, ...numbers) + 1}`;
};
