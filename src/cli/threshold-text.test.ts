import { expect, it } from 'vitest';
import { thresholdText } from './threshold-text.ts';

const record = { threshold: 0.0123456, policy: 'good-quantile', quantile: 0.95, images: 21 } as const;

it('names the images of a threshold, and the rate if they are held out', () => {
  const heldOutFalseAlarms = { falseAlarms: 2, images: 21, lower: 0.01175, upper: 0.30377 };
  expect(thresholdText({ ...record, fittedOn: 'held-out images', heldOutFalseAlarms })).toBe(
    'Threshold 0.01235, the 0.95 quantile of 21 held-out images: 2 of 21 reach it (9.5 %, 95 % interval 1.2 to 30.4 %).',
  );
  expect(thresholdText({ ...record, fittedOn: 'training images' })).toContain('expect more false alarms');
  expect(thresholdText({ reason: 'Nothing is evaluated yet.' })).toBe(
    'No threshold: Nothing is evaluated yet.',
  );
});
