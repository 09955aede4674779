/** The work of a run on its device, apart from the device's pace. */
import type { RunConfig } from '#core/config.ts';
import { evaluatedImages, evaluationCount, scoringMs } from '#core/evaluation-work.ts';
import { autoencoderLayers } from '#model/architecture.ts';
import { trainingOperations } from '#model/cost.ts';
import type { ImageCounts } from './reconstructor.ts';

/** A forward pass has a third of the operations of a training step. */
const forwardShare = 1 / 3;

/** The work of one evaluation. */
export interface EvaluationWork {
  /** Floating-point operations of the convolutions. */
  readonly operations: number;
  /** Milliseconds of scoring and calibration, as far as they are known before a measurement. */
  readonly scoringMs: number;
}

export interface RunWork {
  /** Floating-point operations of the convolutions in one training step, per image. */
  readonly operationsPerImage: number;
  /** The same in one epoch. */
  readonly operationsPerEpoch: number;
  readonly epochs: number;
  readonly evaluation: EvaluationWork;
  /** Number of evaluations. */
  readonly evaluations: number;
}

/** @param counts trained and tested images */
export const workOf = (config: RunConfig, counts: ImageCounts): RunWork => {
  const operationsPerImage = trainingOperations(autoencoderLayers(config.side, config.width));
  return {
    operationsPerImage,
    operationsPerEpoch: counts.train * operationsPerImage,
    epochs: config.epochs,
    evaluations: evaluationCount(config),
    evaluation: {
      operations: evaluatedImages(config, counts) * operationsPerImage * forwardShare,
      scoringMs: scoringMs(config, counts),
    },
  };
};
