/** An evaluation and its place in the run. */
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import type { Evaluation } from '#core/history.ts';
import type { TrainingRun } from './training-run.ts';
import type { InTurns } from './yield-point.ts';

/**
 * Evaluates the test split with the weights as they are.
 * @param step optimiser steps behind the weights
 * @param nowMs a clock in milliseconds
 * @throws ResiduaError as `TrainingRun.evaluate` does
 */
export const evaluateRun = async (
  run: TrainingRun,
  settings: EvaluationSettings,
  step: number,
  turns: InTurns,
  nowMs: () => number,
): Promise<Evaluation> => {
  const startMs = nowMs();
  const result = await run.evaluate(settings, turns);
  const epoch = Math.floor(step / run.stepsPerEpoch);
  return { ...result, ...settings, epoch, step, elapsedMs: nowMs() - startMs };
};

/**
 * Scores the last evaluation anew; undefined where its reconstructions are not those that the settings ask for.
 * @throws ResiduaError as `TrainingRun.rescore` does
 */
export const rescoreRun = async (
  run: TrainingRun,
  settings: EvaluationSettings,
  last: Evaluation,
  turns: InTurns,
  nowMs: () => number,
): Promise<Evaluation | undefined> => {
  const startMs = nowMs();
  const result = await run.rescore(settings, turns);
  const { epoch, step } = last;
  return result && { ...result, ...settings, epoch, step, elapsedMs: nowMs() - startMs };
};
