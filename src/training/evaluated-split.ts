/** The test split as reconstructed by one evaluation: its scores, curves and maps, which need no model. */

import { stitchedSize, stitchMaps, stitchMasks } from '#core/anomaly-maps/stitch.ts';
import type { ResidualStatistics } from '#core/calibration/residual-statistics.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import { imageBytes, imageMask } from '#core/image-bytes.ts';
import type { ScoredMap } from '#core/metrics/pixel-ranking.ts';
import { shownPart } from '#core/picture-region.ts';
import { type LowCutPoint, lowCutCurve } from '#core/scores/low-cut-curve.ts';
import { type PoolingPoint, shownPoolings } from '#core/scores/pooling-curve.ts';
import { usesCalibration } from '#core/scores/score-names.ts';
import { imageLabels } from '#core/tiles.ts';
import { calibratedLowCutScores, type ImagePairs } from './calibrated-low-cut.ts';
import { largestOfImages } from './image-scores.ts';
import type { RunScorer } from './run-scorer.ts';
import type { Reconstruction } from './sample-view.ts';
import type { ScoredResults } from './scored-results.ts';
import { TestScores } from './test-scores.ts';
import type { EvaluationResult } from './training-run.ts';
import { interruptible, partOf, type WorkOptions } from './yield-point.ts';

interface EvaluatedParts {
  readonly images: ImageSet;
  /** Pictures of the test images, in the order of the scores. */
  readonly testIndices: readonly number[];
  readonly scorer: RunScorer;
  /** Caches the results of the last reconstructions. */
  readonly results: ScoredResults;
  /** By the picture's index; may include pictures of the training split. */
  readonly reconstructions: ReadonlyMap<number, Reconstruction>;
  readonly settings: EvaluationSettings;
  /** Statistics of good training images with the weights of the reconstructions; undefined if no score was calibrated. */
  readonly statistics: ResidualStatistics | undefined;
}

/** Immutable, so the next evaluation does not disturb long work on this one. Holds only arrays, nothing on a device. */
export class EvaluatedSplit {
  constructor(readonly parts: EvaluatedParts) {}

  /** Whether all test images are reconstructed. */
  get isWhole(): boolean {
    return this.parts.testIndices.every((index) => this.parts.reconstructions.has(index));
  }

  /** Returns a copy with some parts replaced. */
  with(change: Partial<EvaluatedParts>): EvaluatedSplit {
    return new EvaluatedSplit({ ...this.parts, ...change });
  }

  /**
   * Scores the test split with other settings; the scores are cached.
   * @param statistics of the same weights; needed if the residual is calibrated
   * @throws ResiduaError `config-invalid` if the settings do not suit the images; `cancelled`
   */
  async score(
    settings: EvaluationSettings,
    options: WorkOptions,
    statistics = this.parts.statistics,
  ): Promise<EvaluationResult> {
    const { images, testIndices, scorer, results, reconstructions } = this.parts;
    const known = results.of(reconstructions, settings);
    if (known) return known;
    await scorer.prepare(settings, options.signal);
    const scores = new TestScores(images, testIndices, scorer.of(settings, statistics));
    for await (const index of interruptible(testIndices, options)) {
      scores.add(index, reconstructions.get(index)!.pixels);
    }
    return results.keep(reconstructions, settings, scores.result());
  }

  /**
   * Image AUROC against the low cut-off of the band.
   * @param goodPairs returns the images that calibrate the residual; called if it is calibrated
   * @throws ResiduaError `cancelled`
   */
  async lowCutCurve(
    cutoffs: readonly number[],
    options: WorkOptions,
    goodPairs: () => Promise<ImagePairs>,
  ): Promise<LowCutPoint[]> {
    const { images, testIndices, scorer, settings } = this.parts;
    const ofImages = (scores: readonly Float64Array[]): LowCutPoint[] =>
      lowCutCurve(cutoffs, largestOfImages(images.samples, testIndices, scores), anomalous);
    const anomalous = imageLabels(images.samples, testIndices);
    if (usesCalibration(settings)) {
      const good = await goodPairs();
      const { scratch } = scorer;
      const scores = await calibratedLowCutScores(settings, cutoffs, good, this.pairs, scratch, options);
      return ofImages(scores);
    }
    const lowCut = scorer.lowCut(settings, cutoffs);
    const scores = await this.ofEach(options, (bytes, pixels) => lowCut.score(bytes, pixels));
    return ofImages(scores);
  }

  /**
   * Image AUROC with each of a few poolings; undefined if the residual is not calibrated.
   * @throws ResiduaError `cancelled`
   */
  async poolingCurve(options: WorkOptions): Promise<PoolingPoint[] | undefined> {
    const { settings } = this.parts;
    if (!usesCalibration(settings)) return undefined;
    const points: PoolingPoint[] = [];
    for (const pooling of shownPoolings) {
      const part = partOf(options, points.length / shownPoolings.length, 1 / shownPoolings.length);
      const { imageAuroc } = await this.score({ ...settings, calibrationPooling: pooling }, part);
      points.push({ pooling, imageAuroc });
    }
    return points;
  }

  /**
   * The score's maps of the test images, new arrays; those of tiles are stitched.
   * @throws ResiduaError `cancelled`
   */
  async maps(options: WorkOptions): Promise<ScoredMap[]> {
    const { images, scorer, settings, statistics, testIndices } = this.parts;
    const scorerOfMaps = scorer.of(settings, statistics);
    const maps = await this.ofEach(options, (bytes, pixels) => scorerOfMaps.score(bytes, pixels).map);
    return testIndices.flatMap((index, row): readonly ScoredMap[] => {
      const { path, defectType, anomalous, width, height, tile } = images.samples[index];
      const image = { path, defectType, anomalous };
      const mask = imageMask(images, index);
      if (!tile) return [{ ...image, map: maps[row], mask, part: shownPart(width, height, images) }];
      if (tile.index > 0) return [];
      const stitched = { width, height, side: images.side };
      const masks = Array.from({ length: tile.count }, (_, place) => imageMask(images, index + place));
      return [
        {
          ...image,
          map: stitchMaps(maps.slice(row, row + tile.count), stitched),
          mask:
            mask &&
            stitchMasks(
              masks.flatMap((one) => one ?? []),
              stitched,
            ),
          size: stitchedSize(stitched),
        },
      ];
    });
  }

  private get pairs(): ImagePairs {
    const { images, testIndices, reconstructions } = this.parts;
    return {
      count: testIndices.length,
      pair: (row) => {
        const index = testIndices[row];
        return { bytes: imageBytes(images, index), pixels: reconstructions.get(index)!.pixels };
      },
    };
  }

  private async ofEach<T>(
    options: WorkOptions,
    answer: (bytes: Uint8Array, pixels: Float32Array, index: number) => T,
  ): Promise<T[]> {
    const { images, reconstructions, testIndices } = this.parts;
    const answers: T[] = [];
    for await (const index of interruptible(testIndices, options)) {
      answers.push(answer(imageBytes(images, index), reconstructions.get(index)!.pixels, index));
    }
    return answers;
  }
}
