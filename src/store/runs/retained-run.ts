/** A run in the library, and what can be read off several of them side by side. */
import type { RunReferences } from '#core/baselines/run-references.ts';
import type { RunConfig } from '#core/config.ts';
import type { Evaluation } from '#core/history.ts';
import type { DataFacts } from '#core/paper-differences/data-facts.ts';
import type { ComparedRun } from '#core/paper-differences/paper-differences.ts';
import type { ColumnHistory } from '#core/step-history.ts';
import type { RunSummary } from '#worker/protocol.ts';

/** A run that is kept: everything but its weights, which the library gives when they are asked for. */
export interface RetainedRun {
  readonly id: string;
  /** Given by the page at first, changed by the user; not unique. */
  readonly name: string;
  readonly note: string;
  /** When the run was kept first, in milliseconds since 1970 (UTC). */
  readonly createdAt: number;
  /** Category that the run was trained on. */
  readonly categoryName: string;
  /** Settings of the run, with the evaluation settings under which it was kept. */
  readonly config: RunConfig;
  readonly history: ColumnHistory;
  /** The device that trained it, in words; undefined where that is not known (an imported run). */
  readonly device: string | undefined;
  /** Time of training, in milliseconds: compiling and evaluations included, pauses not; undefined where not known. */
  readonly trainMs: number | undefined;
  readonly summary: RunSummary;
  /** The images that it was trained on; undefined where they are not known (an imported run, or one of an older page). */
  readonly data?: DataFacts | undefined;
  /** Of its last evaluation; undefined where they were not known when it was kept. */
  readonly references?: RunReferences | undefined;
}

/** The latest evaluation of a kept run; undefined where it was never evaluated. */
export const evaluationOf = ({ history }: RetainedRun): Evaluation | undefined => history.evaluations.at(-1);

/** A kept run as it is compared with the paper's experiment. */
export const comparedRunOf = (run: RetainedRun): ComparedRun => ({
  config: run.config,
  epochs: evaluationOf(run)?.epoch ?? epochOf(run),
  microBatch: run.summary.microBatch,
  data: run.data,
});

/** Optimizer steps behind the weights of a kept run. */
export const stepOf = ({ history }: RetainedRun): number => history.steps.at(-1)?.step ?? 0;

/** Epochs behind the weights of a kept run, the one under way included. */
export const epochOf = ({ history }: RetainedRun): number => history.steps.at(-1)?.epoch ?? 0;

/** The settings in which some of these runs differ, in the order of the config. */
export const differingSettings = (runs: readonly RetainedRun[]): readonly (keyof RunConfig)[] => {
  const [first] = runs;
  if (!first) return [];
  return (Object.keys(first.config) as (keyof RunConfig)[]).filter((key) =>
    runs.some(({ config }) => config[key] !== first.config[key]),
  );
};

/** `WFDL` for `wfdl`, `Focal frequency` for `focal-frequency`: short names are abbreviations. */
const lossInWords = (loss: string): string =>
  loss.length <= 4 ? loss.toUpperCase() : `${loss[0]?.toUpperCase()}${loss.slice(1).replaceAll('-', ' ')}`;

/** A name that no run of this loss has yet: the loss and the next number, `WFDL 3`. */
export const nextName = (loss: RunConfig['loss'], runs: readonly RetainedRun[]): string => {
  const prefix = `${lossInWords(loss)} `;
  const numbers = runs
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name }) => Number(name.slice(prefix.length)))
    .filter(Number.isInteger);
  return `${prefix}${Math.max(0, ...numbers) + 1}`;
};
