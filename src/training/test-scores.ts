/** Computes the figures of an evaluation from reconstructions: scores, AUROC, the shared color scale, the DC share. */

import type { ImageSet } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import { imageBytes } from '#core/image-bytes.ts';
import { imageAuroc } from '#core/metrics/auroc.ts';
import type { ImageScore, Scorer } from '#core/scores/scorer.ts';
import { ImageScores } from './image-scores.ts';
import type { EvaluationResult } from './training-run.ts';

/** Fraction of the test images whose maps the shared color scale shows without clipping. */
const shareBelowScale = 0.9;

const largestOf = (map: Float32Array): number => {
  let largest = 0;
  for (let i = 0; i < map.length; i++) if (map[i] > largest) largest = map[i];
  return largest;
};

/** Scores the test split picture by picture, in any order, which lets a thread do other work in between. */
export class TestScores {
  private readonly scores: ImageScores;
  private readonly largestValues: ImageScores;
  private readonly maps: Float32Array[] = [];
  private readonly missing: Set<number>;
  private meanEnergy = 0;
  private energy = 0;

  /**
   * @param images the decoded category
   * @param testIndices pictures of the test split, in the requested order of the scores; those of an image follow each other
   * @param scorer of the images' side
   */
  constructor(
    private readonly images: ImageSet,
    testIndices: readonly number[],
    private readonly scorer: Scorer,
  ) {
    this.scores = new ImageScores(images.samples, testIndices);
    this.largestValues = new ImageScores(images.samples, testIndices);
    this.missing = new Set(testIndices);
  }

  /** The largest useful number of samples to add at once. */
  get atOnce(): number {
    return this.scorer.atOnce;
  }

  /**
   * Scores one picture; one outside the test split, or already scored, is skipped.
   * @param pixels its reconstruction, [S, S, 3] in [0, 1]
   * @throws ResiduaError `non-finite-loss` naming the image, if its reconstruction is not finite
   */
  add(index: number, pixels: Float32Array): void {
    this.addSeveral([index], pixels);
  }

  /** As `add`, for at most `atOnce` samples that share one reconstruction. */
  addSeveral(indices: readonly number[], pixels: Float32Array): void {
    const wanted = indices.filter((index) => this.missing.delete(index));
    const pairs = wanted.map((index) => ({
      input: imageBytes(this.images, index),
      reconstruction: pixels,
    }));
    const maps = wanted.map((_, at) => this.mapAt(at));
    const results = this.scorer.scoreSeveral(pairs, maps);
    for (const [at, result] of results.entries()) this.take(wanted[at], result, maps[at]);
  }

  private mapAt(at: number): Float32Array {
    this.maps[at] ??= new Float32Array(this.images.side * this.images.side);
    return this.maps[at];
  }

  private take(index: number, { score, meanEnergy, energy }: ImageScore, map: Float32Array): void {
    if (!Number.isFinite(score)) {
      throw new ResiduaError(
        'non-finite-loss',
        `The reconstruction of ${this.images.samples[index].path} is not finite.`,
        'The weights are back at the previous evaluation. Lower the learning rate and train again.',
      );
    }
    this.scores.add(index, score);
    this.meanEnergy += meanEnergy;
    this.energy += energy;
    this.largestValues.add(index, largestOf(map));
  }

  /** Returns the figures of the evaluation, one score per image; all pictures of the test split must be scored. */
  result(): EvaluationResult {
    const [missing] = this.missing;
    if (missing !== undefined) throw new Error(`sample ${missing} was not reconstructed`);
    const { images, meanEnergy, energy } = this;
    const { scores, first } = this.scores;
    const sorted = this.largestValues.scores.toSorted();
    return {
      scores,
      imageAuroc: imageAuroc(
        scores,
        first.map((index) => images.samples[index].anomalous),
      ),
      residualScale: sorted[Math.ceil(shareBelowScale * scores.length) - 1] ?? 0,
      residualDcShare: energy > 0 ? meanEnergy / energy : 0,
    };
  }
}
