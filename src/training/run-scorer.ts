/** The scorers of one run: they share scratch memory and the run's weight w(u, v). */
import { type Calibration, calibrate } from '#core/calibration/calibration.ts';
import { type ResidualStatistics, suffices } from '#core/calibration/residual-statistics.ts';
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import { frequencyWeight } from '#core/frequency-weight/frequency-weight.ts';
import { createScorer } from '#core/scores/create-scorer.ts';
import { createLowCutScorer, type LowCutScorer } from '#core/scores/low-cut-scores.ts';
import { usesCalibration } from '#core/scores/score-names.ts';
import { createScoreScratch } from '#core/scores/score-scratch.ts';
import type { ScoreSettings } from '#core/scores/score-settings.ts';
import type { Scorer } from '#core/scores/scorer.ts';
import { trainingSplit } from '#core/training-split.ts';
import { interruptibleMeanSpectrum, meanSpectrum } from './mean-spectrum.ts';

/** Enough to alternate between views of the last evaluation and of a past one. */
const keptCalibrations = 2;

/** The latest calibrations. The factors of each need as much memory as its statistics. */
class Calibrations {
  private readonly latest: {
    readonly statistics: ResidualStatistics;
    readonly pooling: number;
    readonly calibration: Calibration;
  }[] = [];

  of(statistics: ResidualStatistics, pooling: number): Calibration {
    const { latest } = this;
    const known = latest.find((one) => one.statistics === statistics && one.pooling === pooling);
    if (known) return known.calibration;
    const calibration = calibrate(statistics, pooling);
    latest.unshift({ statistics, pooling, calibration });
    latest.length = Math.min(latest.length, keptCalibrations);
    return calibration;
  }
}

/** Creates scorers for the images of one run. */
export class RunScorer {
  /** Shared by all scorers, and by other work of this thread between two yield points. */
  readonly scratch;
  private readonly calibrations = new Calibrations();
  private weight: Float32Array | undefined;

  /**
   * @param images the decoded category
   * @param config of the run; the score `spectral` uses its weight. With `adaptive-batch`, the
   *   weight adapts to the trained images, because scoring has no batches
   */
  constructor(
    private readonly images: ImageSet,
    private readonly config: RunConfig,
  ) {
    this.scratch = createScoreScratch(images.side);
  }

  /**
   * Computes the mean spectrum with yield points if this score needs it; otherwise the first scorer computes it at once.
   * @throws ResiduaError `cancelled`
   */
  async prepare({ score }: ScoreSettings, signal?: AbortSignal): Promise<void> {
    if (score !== 'spectral' || this.weight || !this.isAdaptive) return;
    this.weight = this.runWeight(await interruptibleMeanSpectrum(this.images, this.trained, { signal }));
  }

  /**
   * @param statistics of good images; needed if the residual is calibrated
   * @throws ResiduaError `config-invalid`, naming the setting that does not suit images of this side
   * @throws RangeError if the statistics do not suffice
   */
  of(settings: ScoreSettings, statistics?: ResidualStatistics): Scorer {
    const calibration =
      usesCalibration(settings) && statistics
        ? this.calibrations.of(statistics, settings.calibrationPooling)
        : undefined;
    const references = { weight: this.weightFor(settings), calibration };
    return createScorer(this.images.side, settings, references, this.scratch);
  }

  /** As `of`, but scores the raw residual if the statistics do not suffice for a calibrated residual. */
  ofOrRaw(settings: ScoreSettings, statistics: ResidualStatistics | undefined): Scorer {
    if (suffices(statistics, settings)) return this.of(settings, statistics);
    return this.of({ ...settings, residual: 'raw' });
  }

  /**
   * The same score of the raw residual at many low cut-offs.
   * @throws ResiduaError `config-invalid`, also if a cut-off leaves no frequency
   */
  lowCut(settings: ScoreSettings, cutoffs: readonly number[]): LowCutScorer {
    return createLowCutScorer(this.images.side, settings, cutoffs, this.weightFor(settings));
  }

  /** The run's w(u, v), [S, S], unshifted; undefined if the score does not use it. */
  weightFor({ score }: ScoreSettings): Float32Array | undefined {
    if (score !== 'spectral') return undefined;
    this.weight ??= this.runWeight();
    return this.weight;
  }

  private runWeight(spectrum?: Float32Array): Float32Array {
    const { images, config } = this;
    const adaptive = this.isAdaptive ? (spectrum ?? meanSpectrum(images, this.trained)) : undefined;
    return frequencyWeight(config, images.side, images.side, adaptive);
  }

  private get trained(): readonly number[] {
    return trainingSplit(this.images.samples, this.config).trained;
  }

  private get isAdaptive(): boolean {
    return this.config.weight === 'adaptive-dataset' || this.config.weight === 'adaptive-batch';
  }
}
