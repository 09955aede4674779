/** The autoencoder with its tensors: training, evaluation, recalibration of batch norm, and weights in and out. */

import {
  keep,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tensor,
  tensor1d,
  tidy,
  type Variable,
  variable,
  zeros,
} from '@tensorflow/tfjs-core';
import {
  joiningNumbers,
  joinMoments,
  type LayerMoments,
  updateRunningAverages,
} from '#engine/ops/batch-norm/running-statistics.ts';
import { writeValues } from '#engine/ops/elementwise/in-place.ts';
import { createSnapshot, type TensorSnapshot } from '#engine/ops/elementwise/tensor-snapshot.ts';
import { makeSideBySide } from '#engine/ops/flat/side-by-side.ts';
import { readValues } from '#engine/webgpu/readback.ts';
import { type Architecture, autoencoderLayers } from './architecture.ts';
import { type BatchNormStatistics, createStatistics, resetStatistics } from './batch-norm-statistics.ts';
import { fromNamedArrays, type NamedArray, toNamedArrays } from './named-weights.ts';
import { runAutoencoder } from './network.ts';
import { type Normalization, normalizationBy, normalizationByBatch } from './normalization.ts';
import {
  type Initialisation,
  initialValue,
  type ParameterSpec,
  parameterCount,
  parameterSpecs,
} from './parameters.ts';

export type { BatchNormStatistics } from './batch-norm-statistics.ts';
export type { NamedArray } from './named-weights.ts';

/** A trainable tensor. A batch norm has one tensor, [2, C], under its module's name: weight, then bias. */
export interface NamedVariable {
  readonly name: string;
  readonly variable: Variable;
}

export interface AutoencoderOptions {
  /** Side S of the images, in pixels. */
  readonly side: number;
  /** Multiplier of all channel counts. */
  readonly width: number;
  /** Seed of the initial weights. */
  readonly seed: number;
  /** Kind of initial weights; see `initialValue`. */
  readonly initialisation: Initialisation;
  /** `zero` skips drawing the weights, for callers that need only shapes; `seed` by default. */
  readonly initialValues?: 'seed' | 'zero';
}

export interface Autoencoder {
  readonly architecture: Architecture;
  /** Number of trainable values. */
  readonly parameterCount: number;
  /** The trainable tensors, in the order of execution; the same objects until `dispose`. */
  readonly parameters: readonly NamedVariable[];
  /** Running averages of all batch norms, as in PyTorch; `train` updates them in place. */
  readonly runningStatistics: BatchNormStatistics;
  /**
   * Reconstructs a batch with the batch's own statistics and updates the running averages. Differentiable in the
   * parameters: call it inside `tf.variableGrads`. Nothing is read back.
   * @param x float32 [N, S, S, 3] in [0, 1]; the caller owns it
   * @returns float32 [N, S, S, 3] in [0, 1]; the caller disposes it
   */
  train(x: Tensor4D): Tensor4D;
  /**
   * Reconstructs a batch with given statistics, by default the running averages. Not differentiable.
   * @param x float32 [N, S, S, 3] in [0, 1]; the caller owns it
   * @returns float32 [N, S, S, 3] in [0, 1]; the caller disposes it
   */
  evaluate(x: Tensor4D, statistics?: BatchNormStatistics): Tensor4D;
  /**
   * Reconstructs a batch with the batch's own statistics, like `train`, without updating anything. Not differentiable.
   * @param x float32 [N, S, S, 3] in [0, 1]; the caller owns it
   * @returns float32 [N, S, S, 3] in [0, 1]; the caller disposes it
   */
  evaluateByBatch(x: Tensor4D): Tensor4D;
  /** New statistics with their values before the first batch. The caller disposes them. */
  createStatistics(): BatchNormStatistics;
  /**
   * Runs a batch with its own statistics, like `train`, and merges the moments of every layer's input into those of a
   * population. Not differentiable; can be recorded.
   * @param x float32 [N, S, S, 3] in [0, 1]; the caller owns it
   * @param numbers float32 [2], from `joiningNumbers` for the batch
   */
  joinStatistics(x: Tensor4D, population: BatchNormStatistics, numbers: Tensor1D): void;
  /**
   * Computes statistics over a whole set of images (precise batch norm; Wu and Johnson, arXiv 2105.07576): each batch runs
   * with its own statistics, and the moments of every layer's input are merged by batch size into those of the population.
   * The running averages stay unchanged.
   * @param batches float32 [N, S, S, 3], each used before the next is requested; the caller owns them
   * @returns the statistics; the caller disposes them
   * @throws RangeError if there is no batch
   */
  recalibrate(batches: Iterable<Tensor4D> | AsyncIterable<Tensor4D>): Promise<BatchNormStatistics>;
  /** Reads all weights, by PyTorch's names, with the given batch-norm statistics (by default the running averages). */
  readWeights(statistics?: BatchNormStatistics): Promise<NamedArray[]>;
  /**
   * Sets weights and running averages from named arrays.
   * @throws ResiduaError `import-invalid`, naming the array that does not fit; the model is then unchanged
   */
  setWeights(weights: readonly NamedArray[]): void;
  /** Restores the initial weights and running averages of the seed. */
  reset(): void;
  /** Creates a snapshot of weights and running averages on the device. The caller disposes it. */
  snapshot(): TensorSnapshot;
  /** Frees all tensors of the model. */
  dispose(): void;
}

/**
 * Builds the model of Table I and Fig. 3 on the device, with initial weights from the seed.
 * @throws ResiduaError `config-invalid` for a side or width that the architecture does not support
 */
export const createAutoencoder = ({
  side,
  width,
  seed,
  initialisation,
  initialValues = 'seed',
}: AutoencoderOptions): Autoencoder => {
  const architecture = autoencoderLayers(side, width);
  const specs = parameterSpecs(architecture);
  const initialTensor = (spec: ParameterSpec): Tensor =>
    initialValues === 'zero'
      ? zeros([...spec.shape])
      : tensor(initialValue(spec, seed, initialisation), [...spec.shape]);
  const placed = makeSideBySide(() => specs.map(initialTensor));
  const parameters = specs.map((spec, index) => ({
    name: spec.name,
    variable: variable(placed.tensors[index]!),
  }));
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter.variable]));
  const runningStatistics = createStatistics(specs);

  const forward = (x: Tensor4D, normalization: Normalization): Tensor4D =>
    runAutoencoder(x, architecture, { parameter: (name) => byName.get(name)!, normalization });

  const names = [...runningStatistics.tensors.keys()];

  /** A forward pass with the batch's own moments; `see` receives all of them, in the order of `names`, before they are freed. */
  const forwardByBatch = (
    x: Tensor4D,
    see?: (layers: readonly LayerMoments[], rows: readonly number[]) => void,
  ): Tensor4D => {
    const layers: LayerMoments[] = [];
    const rows: number[] = [];
    const normalization = normalizationByBatch((layer, count) => {
      if (!see) {
        layer.moments.dispose();
        return;
      }
      keep(layer.moments);
      layers.push(layer);
      for (let place = 0; place < layer.batchNorms; place++) rows.push(count);
    });
    try {
      const output = forward(x, normalization);
      see?.(layers, rows);
      return output;
    } finally {
      for (const { moments } of layers) moments.dispose();
    }
  };

  const allOf = ({ tensors }: BatchNormStatistics): readonly Tensor2D[] =>
    names.map((name) => tensors.get(name)!);

  const joinStatistics: Autoencoder['joinStatistics'] = (x, population, numbers) =>
    forwardByBatch(x, (layers) => joinMoments(allOf(population), layers, numbers)).dispose();

  const recalibrate = async (
    batches: Iterable<Tensor4D> | AsyncIterable<Tensor4D>,
  ): Promise<BatchNormStatistics> => {
    const population = createStatistics(specs);
    const numbers = tidy(() => keep(tensor1d([1, 0])));
    let images = 0;
    try {
      for await (const batch of batches) {
        images += batch.shape[0];
        writeValues(numbers, joiningNumbers(batch.shape[0] / images));
        joinStatistics(batch, population, numbers);
      }
      if (images === 0) throw new RangeError('Batch-norm recalibration needs at least one image.');
    } catch (error) {
      population.dispose();
      throw error;
    } finally {
      numbers.dispose();
    }
    return population;
  };

  const readAll = async (tensors: Iterable<readonly [string, Tensor]>): Promise<Map<string, Float32Array>> =>
    new Map(
      await Promise.all(
        Array.from(tensors, async ([name, values]) => [name, await readValues(values)] as const),
      ),
    );

  return {
    architecture,
    parameterCount: parameterCount(architecture),
    parameters,
    runningStatistics,
    train: (x) =>
      forwardByBatch(x, (layers, rows) => updateRunningAverages(allOf(runningStatistics), layers, rows)),
    evaluate: (x, statistics = runningStatistics) => forward(x, normalizationBy(statistics)),
    evaluateByBatch: (x) => forwardByBatch(x),
    createStatistics: () => createStatistics(specs),
    joinStatistics,
    recalibrate,
    readWeights: async (statistics = runningStatistics) => {
      const [parameterValues, statisticValues] = await Promise.all([
        readAll(byName),
        readAll(statistics.tensors),
      ]);
      return toNamedArrays(specs, { parameters: parameterValues, statistics: statisticValues });
    },
    setWeights: (weights) => {
      const values = fromNamedArrays(specs, weights);
      for (const { name, variable: target } of parameters) writeValues(target, values.parameters.get(name)!);
      for (const [name, target] of runningStatistics.tensors)
        writeValues(target, values.statistics.get(name)!);
    },
    reset: () => {
      for (const spec of specs) writeValues(byName.get(spec.name)!, initialValue(spec, seed, initialisation));
      resetStatistics(runningStatistics);
    },
    snapshot: () => createSnapshot([...placed.whole, ...runningStatistics.whole]),
    dispose: () => {
      for (const tensorOfModel of byName.values()) tensorOfModel.dispose();
      placed.dispose();
      runningStatistics.dispose();
    },
  };
};
