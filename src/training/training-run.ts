/** The two sides of a trainer: the tensors of a run, behind an interface that a test can fake, and its listener. */
import type { RunValues } from '#core/checkpoint/run-values.ts';
import type { RunConfig } from '#core/config.ts';
import type { ResiduaError } from '#core/errors.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import type { Metric } from '#core/history.ts';
import type { Emit, RunStatus } from '#core/training-events.ts';
import type { StepReport } from './loss-log.ts';
import type { WorkOptions } from './yield-point.ts';

/** An evaluation of the test split, without its position in the run. */
export interface EvaluationResult {
  readonly scores: Float64Array;
  readonly imageAuroc: Metric;
  readonly residualScale: number;
  readonly residualDcShare: number;
}

/** A probe of the residual's spectrum, without its position in the run; see `SpectrumRecord`. */
export interface SpectrumProbe {
  readonly power: Float32Array;
  readonly inputPower: Float32Array;
}

/** Model, optimizer, loss and data of one run. Owns its tensors until `dispose`. */
export interface TrainingRun {
  readonly stepsPerEpoch: number;
  /** Bytes that the device holds now. */
  readonly deviceBytes: number;
  /**
   * Prepares the device for the first step; called once, before it. The run may be disposed in the meantime.
   * @param onProgress receives the completed share, 0 to 1
   */
  prepare(onProgress: (share: number) => void): Promise<void>;
  /** Records one optimizer step on the device without waiting for it; returns the number of images in it. */
  step(): number;
  /** Waits for the recorded steps and reads their reports, in order. */
  takeLosses(): Promise<readonly StepReport[]>;
  /**
   * Evaluates the test split, and reconstructs the shown image of any split.
   * @throws ResiduaError `non-finite-loss` if a reconstruction is not finite; `cancelled`, and the previous evaluation stays
   */
  evaluate(settings: EvaluationSettings, options: WorkOptions): Promise<EvaluationResult>;
  /**
   * Scores the last evaluation's reconstructions with other settings; undefined if that needs new reconstructions.
   * @throws ResiduaError `config-invalid` if the settings do not suit the images; `cancelled`
   */
  rescore(settings: EvaluationSettings, options: WorkOptions): Promise<EvaluationResult | undefined>;
  /** Reconstructs only the shown image. */
  evaluateShown(settings: EvaluationSettings): Promise<void>;
  /** Reconstructs the probe and computes the radial power of its residual, without changing the run. */
  probeSpectrum(): Promise<SpectrumProbe>;
  /** Reads back everything that the next steps depend on, without changing it. No other method may be called in the meantime. */
  readState(): Promise<RunValues>;
  /** Saves weights, batch-norm averages and optimizer state as the last good state. */
  keepState(): void;
  /** Returns to the last good state. */
  restoreState(): void;
  /**
   * Continues with other values of `changeableSettings`; weights, optimizer state and batch order stay. Schedule and
   * curriculum then follow the new number of epochs, as if it had been planned from the start.
   * @param config equal to the present one in all other settings
   * @throws ResiduaError `config-invalid` for a weight that is 0 at all frequencies; then nothing has changed
   */
  change(config: RunConfig): void;
  dispose(): void;
}

/** Work of a run that was timed: training steps without their evaluations, or a whole evaluation. */
export type TimedWork =
  | { readonly kind: 'steps'; readonly images: number; readonly elapsedMs: number }
  | { readonly kind: 'evaluation'; readonly settings: EvaluationSettings; readonly elapsedMs: number };

/** Receives the reports of a trainer. */
export interface TrainerListener {
  readonly emit: Emit;
  /** Called after each `status` event. */
  readonly onStatus?: (status: RunStatus) => void;
  /** Called after each burst of recorded steps, and after each evaluation with new reconstructions. */
  readonly onTimed?: (work: TimedWork) => void;
  /** Called after each `evaluation` event. */
  readonly onEvaluation?: () => void;
  /** Finds the cause of an error that ends the run; by default the error is its own cause. */
  readonly causeOf?: (thrown: unknown) => Promise<ResiduaError>;
}
