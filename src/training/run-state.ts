/** The state of a run that training changes. */
import type { Autoencoder } from '#model/autoencoder.ts';
import type { Radam } from '#optim/radam.ts';
import type { BatchOrder } from './batch-order.ts';
import type { WeightsAge } from './reconstructor.ts';

/**
 * Weights, optimizer state, batch order and step count, with a copy of the last good state. Owns the copies until `dispose`;
 * the caller owns model and optimizer.
 */
export class RunState {
  /** Completed optimizer steps. */
  steps = 0;
  private goodSteps = 0;
  private readonly goodWeights;
  private readonly goodOptimizer;

  constructor(
    private readonly model: Autoencoder,
    optimizer: Radam,
    readonly order: BatchOrder,
  ) {
    this.goodWeights = model.snapshot();
    this.goodOptimizer = optimizer.snapshot();
  }

  get age(): WeightsAge {
    return { epoch: Math.floor(this.steps / this.order.stepsPerEpoch), step: this.steps };
  }

  /** Makes the current state the last good one. */
  keep(): void {
    this.goodWeights.keep();
    this.goodOptimizer.keep();
    this.goodSteps = this.steps;
  }

  /** Restores the last good state; the batch order continues. */
  restore(): void {
    this.goodWeights.restore();
    this.goodOptimizer.restore();
    this.steps = this.goodSteps;
  }

  /** Works with the last good weights in the model, and restores the current ones afterward. */
  async atLastGood<T>(work: () => Promise<T>): Promise<T> {
    const { goodSteps, steps } = this;
    if (steps === goodSteps) return work();
    const present = this.model.snapshot();
    present.keep();
    try {
      this.goodWeights.restore();
      this.steps = goodSteps;
      return await work();
    } finally {
      present.restore();
      present.dispose();
      this.steps = steps;
    }
  }

  dispose(): void {
    this.goodWeights.dispose();
    this.goodOptimizer.dispose();
  }
}
