/** The scorers of one run: they share scratch memory and the run's weight w(u, v). */
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import { frequencyWeight } from '#core/frequency-weight/frequency-weight.ts';
import { createLowCutScorer, type LowCutScorer } from '#core/scores/low-cut-scores.ts';
import { createScoreScratch } from '#core/scores/score-scratch.ts';
import type { ScoreSettings } from '#core/scores/score-settings.ts';
import { createScorer, type Scorer } from '#core/scores/scorer.ts';
import { type InTurns, untold } from './in-turns.ts';
import { meanSpectrum, meanSpectrumInTurns } from './mean-spectrum.ts';

/** Makes scorers for the images of one run. */
export class RunScorer {
  private readonly scratch;
  private weight: Float32Array | undefined;

  /**
   * @param images the decoded category
   * @param config of the run, whose weight the score `spectral` uses; `adaptive-batch` has no batch to adapt to here and
   *   is that of the training images
   */
  constructor(
    private readonly images: ImageSet,
    private readonly config: RunConfig,
  ) {
    this.scratch = createScoreScratch(images.side);
  }

  /**
   * Computes what a score needs and takes long, in turns with whatever else this thread does; else the first scorer computes
   * it at once.
   * @throws ResiduaError `cancelled`
   */
  async prepare({ score }: ScoreSettings, { mayGoOn }: InTurns): Promise<void> {
    if (score !== 'spectral' || this.weight || !this.isAdaptive) return;
    this.weight = this.runWeight(await meanSpectrumInTurns(this.images, { ...untold, mayGoOn }));
  }

  /** @throws ResiduaError `config-invalid`, naming the setting that does not suit images of this side */
  of(settings: ScoreSettings): Scorer {
    return createScorer(
      this.images.side,
      { ...settings, residual: 'raw' },
      { weight: this.weightFor(settings) },
      this.scratch,
    );
  }

  /**
   * The same score at many low cut-offs.
   * @throws ResiduaError `config-invalid`, also where a cut-off leaves no frequency
   */
  lowCut(settings: ScoreSettings, cutoffs: readonly number[]): LowCutScorer {
    return createLowCutScorer(this.images.side, settings, cutoffs, this.weightFor(settings));
  }

  private weightFor({ score }: ScoreSettings): Float32Array | undefined {
    if (score === 'spectral') this.weight ??= this.runWeight();
    return this.weight;
  }

  private runWeight(spectrum?: Float32Array): Float32Array {
    const { images, config } = this;
    const adaptive = this.isAdaptive ? (spectrum ?? meanSpectrum(images)) : undefined;
    return frequencyWeight(config, images.side, images.side, adaptive);
  }

  private get isAdaptive(): boolean {
    return this.config.weight === 'adaptive-dataset' || this.config.weight === 'adaptive-batch';
  }
}
