/** From reconstructions to the numbers of an evaluation: scores, AUROC, the shared colour scale, the DC share. */
import type { ImageSet } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import { imageAuroc } from '#core/metrics/auroc.ts';
import type { Scorer } from '#core/scores/scorer.ts';
import { imageBytes } from './image-tensors.ts';
import type { EvaluationResult } from './training-run.ts';

/** Share of the test images whose maps the shared colour scale shows without clipping. */
const shareBelowScale = 0.9;

const largestOf = (map: Float32Array): number => {
  let largest = 0;
  for (let i = 0; i < map.length; i++) if (map[i] > largest) largest = map[i];
  return largest;
};

/**
 * Scores the test split, an image between two yields, so that a thread can do other things meanwhile.
 * @param images the decoded category
 * @param testIndices samples of the test split, in the order in which scores are wanted
 * @param reconstructions reconstruction of each of them, [S, S, 3] in [0, 1]
 * @param scorer of the images' side
 * @throws ResiduaError `non-finite-loss` naming the first image whose reconstruction is not finite
 */
export function* evaluationStages(
  images: ImageSet,
  testIndices: readonly number[],
  reconstructions: ReadonlyMap<number, { readonly pixels: Float32Array }>,
  scorer: Scorer,
): Generator<undefined, EvaluationResult> {
  const scores = new Float64Array(testIndices.length);
  const largestValues = new Float64Array(testIndices.length);
  const map = new Float32Array(images.side * images.side);
  let meanEnergy = 0;
  let energy = 0;
  for (const [row, index] of testIndices.entries()) {
    const reconstruction = reconstructions.get(index);
    if (!reconstruction) throw new Error(`sample ${index} was not reconstructed`);
    const result = scorer.score(imageBytes(images, index), reconstruction.pixels, map);
    if (!Number.isFinite(result.score)) {
      throw new ResiduaError(
        'non-finite-loss',
        `The reconstruction of ${images.samples[index].path} is not finite.`,
        'The weights are back at the evaluation before. Lower the learning rate and train again.',
      );
    }
    scores[row] = result.score;
    meanEnergy += result.meanEnergy;
    energy += result.energy;
    largestValues[row] = largestOf(map);
    yield;
  }
  return {
    scores,
    imageAuroc: imageAuroc(
      scores,
      testIndices.map((index) => images.samples[index].anomalous),
    ),
    residualScale: largestValues.sort()[Math.ceil(shareBelowScale * testIndices.length) - 1] ?? 0,
    residualDcShare: energy > 0 ? meanEnergy / energy : 0,
  };
}

/** All stages at once; parameters and errors as `evaluationStages`. */
export const evaluateScores = (...args: Parameters<typeof evaluationStages>): EvaluationResult => {
  const stages = evaluationStages(...args);
  for (;;) {
    const stage = stages.next();
    if (stage.done) return stage.value;
  }
};
