/** Training steps that are recorded once per kind and then replayed. */
import type * as tf from '@tensorflow/tfjs-core';
import { writeValues } from '#engine/ops/elementwise/in-place.ts';
import { uninitialized } from '#engine/ops/uninitialized/uninitialized.ts';
import { type Recording, record } from '#engine/recording.ts';
import type { StepLoss } from '#losses/loss.ts';
import type { FixedImages } from './fixed-images.ts';
import { computeStep, disposeLosses, type StepParts } from './train-step.ts';

/** The properties that distinguish the work of steps. */
export interface StepShape {
  /** Images of each micro-batch. */
  readonly sizes: readonly number[];
  readonly rectified: boolean;
  /** Whether the frequency weight still grows. */
  readonly growing: boolean;
}

/** Stores the losses of a step within the recorded work; the step owns them. */
export type StoreLosses = (losses: StepLoss) => void;

/**
 * Runs steps: the first of a shape is recorded, later ones are replays. For each list of sizes, only
 * the last kind is held, because a run hardly ever returns to an earlier kind. Owns the recordings until `dispose`;
 * the tensors that they work on must outlive it.
 */
export class RecordedSteps {
  /** By the sizes of the micro-batches. */
  private readonly recordings = new Map<string, { readonly kind: string; readonly recording: Recording }>();
  private readonly exponent = uninitialized<tf.Rank.R0>([]) as tf.Scalar;

  /** @param images the fixed images; place i serves micro-batch i */
  constructor(
    private parts: StepParts,
    private readonly images: FixedImages,
    private readonly storeLosses: StoreLosses,
  ) {}

  /**
   * Runs one step on the written images; call `Radam.advance` first.
   * @param exponent of the frequency weight, in (0, 1]; ignored if it no longer grows
   */
  run(shape: StepShape, exponent: number): void {
    this.writeExponent(shape, exponent);
    const sizes = shape.sizes.join('+');
    const kind = `${shape.rectified}/${shape.growing}`;
    const known = this.recordings.get(sizes);
    if (known?.kind === kind) {
      known.recording.replay();
      return;
    }
    known?.recording.dispose();
    this.recordings.delete(sizes);
    this.recordings.set(sizes, { kind, recording: record(() => this.compute(shape)) });
  }

  /** The same without a recording. */
  runOnce(shape: StepShape, exponent: number): void {
    this.writeExponent(shape, exponent);
    this.compute(shape);
  }

  /** The work of one step, which `run` records: for compiling ahead. */
  compute({ sizes, rectified, growing }: StepShape): void {
    const count = sizes.reduce((sum, size) => sum + size, 0);
    const batch = sizes.map((size, place) => ({ images: this.images.of(size, place), share: size / count }));
    const losses = computeStep(this.parts, batch, {
      rectified,
      exponent: growing ? this.exponent : undefined,
    });
    this.storeLosses(losses);
    disposeLosses(losses);
  }

  /** Continues with other parts: later steps are recorded again. */
  renew(parts: StepParts): void {
    this.parts = parts;
    this.forget();
  }

  dispose(): void {
    this.forget();
    this.exponent.dispose();
  }

  private forget(): void {
    for (const { recording } of this.recordings.values()) recording.dispose();
    this.recordings.clear();
  }

  private writeExponent({ growing }: StepShape, exponent: number): void {
    if (growing) writeValues(this.exponent, Float32Array.of(exponent));
  }
}
