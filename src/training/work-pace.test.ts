import { describe, expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { workOf } from './run-work.ts';
import { WorkPace } from './work-pace.ts';

describe('the pace of a device', () => {
  it('is unknown before any measurement', () => {
    const pace = new WorkPace();
    expect(pace.source).toBeUndefined();
    expect(pace.millisecondsFor(100)).toBeUndefined();
    expect(pace.evaluationMs({ operations: 1, scoringMs: 1 })).toBeUndefined();
  });

  it('is that of the training, and follows a change of it', () => {
    const pace = new WorkPace();
    pace.learnTraining(1000, 10);
    expect(pace.source).toBe('training');
    expect(pace.millisecondsFor(500)).toBe(5);
    for (let burst = 0; burst < 60; burst++) pace.learnTraining(1000, 20);
    expect(pace.millisecondsFor(500)).toBeCloseTo(10, 1);
  });

  it('of an evaluation is that of its operations and scores, corrected by the last one', () => {
    const pace = new WorkPace();
    pace.learnTraining(1000, 10);
    const work = { operations: 300, scoringMs: 2 };
    expect(pace.evaluationMs(work)).toBe(5);
    pace.learnEvaluation(work, 20);
    expect(pace.evaluationMs(work)).toBeCloseTo(20, 9);
    expect(pace.evaluationMs({ operations: 600, scoringMs: 4 })).toBeCloseTo(40, 9);
    pace.learnEvaluation(work, 10);
    expect(pace.evaluationMs(work)).toBeCloseTo(10, 9);
  });
});

it('an evaluation that recalibrates and calibrates passes the training images too', () => {
  const counts = { train: 30, test: 12 };
  const { operationsPerImage, operationsPerEpoch, evaluation } = workOf(presets.recommended, counts);
  expect(operationsPerEpoch).toBe(30 * operationsPerImage);
  expect(evaluation.operations).toBeCloseTo(((30 + 30 + 12) * operationsPerImage) / 3, 3);
});
