/** The state of a run that training changes. */
import type { RunValues } from '#core/checkpoint/run-values.ts';
import type { Autoencoder } from '#model/autoencoder.ts';
import { flatWeights, namedWeights } from '#model/named-weights.ts';
import { parameterSpecs } from '#model/parameters.ts';
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
  /** Steps per epoch, on the images that the weights were trained on. */
  stepsPerEpoch: number;
  private goodSteps = 0;
  private readonly goodWeights;
  private readonly goodOptimizer;

  constructor(
    private readonly model: Autoencoder,
    private readonly optimizer: Radam,
    readonly order: BatchOrder,
  ) {
    this.goodWeights = model.snapshot();
    this.goodOptimizer = optimizer.snapshot();
    this.stepsPerEpoch = order.stepsPerEpoch;
  }

  get age(): WeightsAge {
    return { epoch: Math.floor(this.steps / this.stepsPerEpoch), step: this.steps };
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

  /** Reads all values back. Until it has ended, no step may be taken and no image reconstructed. */
  async read(): Promise<RunValues> {
    const { steps, goodSteps, order } = this;
    const weights = await this.readWeights();
    const optimizer = await this.optimizer.read();
    const good = goodSteps === steps ? weights : await this.atLastGood(() => this.readWeights());
    const lastGood = { step: goodSteps, weights: good };
    return { step: steps, weights, lastGood, optimizer, order: order.read() };
  }

  /**
   * Continues from values that `read` returned. The optimizer state of the last good weights is not among them: a run that
   * fails before its next evaluation has its weights back, and it cannot train on.
   * @throws RangeError if they are of another model or another number of images
   */
  load({ step, weights, lastGood, optimizer, order }: RunValues): void {
    this.optimizer.load(optimizer);
    this.order.load(order);
    this.writeWeights(lastGood.weights);
    this.steps = lastGood.step;
    this.keep();
    this.writeWeights(weights);
    this.steps = step;
  }

  dispose(): void {
    this.goodWeights.dispose();
    this.goodOptimizer.dispose();
  }

  private async readWeights(): Promise<Float32Array> {
    return flatWeights(await this.model.readWeights());
  }

  private writeWeights(weights: Float32Array): void {
    this.model.setWeights(namedWeights(parameterSpecs(this.model.architecture), weights));
  }
}
