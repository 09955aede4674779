import { expect, it } from 'vitest';
import { changesByStep } from './run-changes.ts';

it('changes of one step are one entry, with epoch, setting and both values', () => {
  const changes = [
    { step: 30, setting: 'learningRate', before: 3e-3, after: 1e-3 },
    { step: 30, setting: 'epochs', before: 80, after: 160 },
    { step: 35, setting: 'weightCurve', before: '0:0,1:1', after: '0:1,1:1' },
  ] as const;
  expect(changesByStep(changes, 10)).toEqual([
    {
      step: 30,
      text: 'epoch 3: learning rate 0.003 → 0.001, epochs 80 → 160',
      short: 'learning rate 0.001, epochs 160',
    },
    { step: 35, text: 'epoch 3.5: weight curve', short: 'weight curve' },
  ]);
  expect(changesByStep(undefined, 10)).toEqual([]);
});
