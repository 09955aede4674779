/** Cached scores of one set of reconstructions with several settings: choosing an earlier score again costs nothing. */
import { type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { EvaluationResult } from './training-run.ts';

/** Caches results of the latest reconstructions only, which it identifies by reference. */
export class ScoredResults {
  private reconstructions: object | undefined;
  private readonly results = new Map<string, EvaluationResult>();

  /** The result for these reconstructions and settings; undefined if not computed yet. */
  of(reconstructions: object, settings: EvaluationSettings): EvaluationResult | undefined {
    if (reconstructions !== this.reconstructions) return undefined;
    return this.results.get(keyOf(settings));
  }

  /** Caches a result and returns it; drops those of other reconstructions. */
  keep(reconstructions: object, settings: EvaluationSettings, result: EvaluationResult): EvaluationResult {
    if (reconstructions !== this.reconstructions) this.results.clear();
    this.reconstructions = reconstructions;
    this.results.set(keyOf(settings), result);
    return result;
  }
}

const keyOf = (settings: EvaluationSettings): string => JSON.stringify(evaluationSettingsOf(settings));
