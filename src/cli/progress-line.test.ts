import { describe, expect, it } from 'vitest';
import { durationInWords, progressText } from './progress-line.ts';

describe('durationInWords', () => {
  it.each([
    [0, '0 s'],
    [59_400, '59 s'],
    [59_600, '1 min 00 s'],
    [185_000, '3 min 05 s'],
    [7_620_000, '2 h 07 min'],
  ])('formats %d ms as %s', (ms, words) => {
    expect(durationInWords(ms)).toBe(words);
  });
});

describe('progressText', () => {
  const status = { phase: 'running', step: 41, epoch: 3, epochs: 20, deviceBytes: 0 } as const;

  it('shows epoch, step, loss, AUROC, speed and time left', () => {
    const full = { ...status, activity: 'training', imagesPerSecond: 35.24, remainingMs: 130_000 } as const;
    expect(progressText({ status: full, loss: 0.0123456, imageAuroc: 0.9 })).toBe(
      'epoch 3/20  step 41  loss 0.012346  AUROC 0.9000  35.2 images/s  2 min 10 s left',
    );
  });

  it('omits unknown values', () => {
    const early = {
      ...status,
      activity: 'compiling',
      imagesPerSecond: undefined,
      remainingMs: undefined,
    } as const;
    expect(progressText({ status: early, loss: undefined, imageAuroc: undefined })).toBe(
      'epoch 3/20  step 41  compiling',
    );
  });
});
