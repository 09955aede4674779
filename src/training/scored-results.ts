/** Results of scoring one set of reconstructions by several settings: choosing a score again costs nothing. */
import { type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { EvaluationResult } from './training-run.ts';

/** Keeps results of the latest reconstructions only; those are known by identity. */
export class ScoredResults {
  private reconstructions: object | undefined;
  private readonly results = new Map<string, EvaluationResult>();

  /** The result for these reconstructions by these settings; undefined where there is none yet. */
  of(reconstructions: object, settings: EvaluationSettings): EvaluationResult | undefined {
    if (reconstructions !== this.reconstructions) return undefined;
    return this.results.get(keyOf(settings));
  }

  /** Keeps a result and returns it; those of other reconstructions are forgotten. */
  keep(reconstructions: object, settings: EvaluationSettings, result: EvaluationResult): EvaluationResult {
    if (reconstructions !== this.reconstructions) this.results.clear();
    this.reconstructions = reconstructions;
    this.results.set(keyOf(settings), result);
    return result;
  }
}

const keyOf = (settings: EvaluationSettings): string => JSON.stringify(evaluationSettingsOf(settings));
