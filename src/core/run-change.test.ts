import { describe, expect, it } from 'vitest';
import { presets } from './presets.ts';
import { changedValues, epochsReached, requireEpochs, withRunChanges } from './run-change.ts';

const config = presets.quickLook;

describe('the changes of a run', () => {
  it('have the step, the setting and both values', () => {
    expect(withRunChanges([], config, { learningRate: 1e-4, epochs: 200 }, 30)).toEqual([
      { step: 30, setting: 'learningRate', before: config.learningRate, after: 1e-4 },
      { step: 30, setting: 'epochs', before: config.epochs, after: 200 },
    ]);
  });

  it('leave out values that stay, and everything before the first step', () => {
    expect(withRunChanges([], config, { epochs: config.epochs }, 30)).toEqual([]);
    expect(withRunChanges([], config, { epochs: 7 }, 0)).toEqual([]);
  });

  it('join at one step, and vanish with a value that comes back', () => {
    const once = withRunChanges([], config, { learningRate: 1e-4 }, 30);
    const twice = withRunChanges(once, { ...config, learningRate: 1e-4 }, { learningRate: 1e-5 }, 30);
    expect(twice).toEqual([{ step: 30, setting: 'learningRate', before: config.learningRate, after: 1e-5 }]);
    const back = { learningRate: config.learningRate };
    expect(withRunChanges(twice, { ...config, learningRate: 1e-5 }, back, 30)).toEqual([]);
    expect(withRunChanges(twice, { ...config, learningRate: 1e-5 }, back, 31)).toHaveLength(2);
  });
});

describe('the values that a run can take over', () => {
  it('are those of the changeable settings that differ', () => {
    expect(changedValues({ ...config, dcWeight: 0.5, batch: 3, epochs: 9 }, config)).toEqual({
      dcWeight: 0.5,
      epochs: 9,
    });
  });

  it('have at least the epochs that the run has reached', () => {
    expect([0, 1, 5, 6].map((step) => epochsReached(step, 5))).toEqual([0, 1, 1, 2]);
    expect(() => requireEpochs(2, 6, 5)).not.toThrow();
    expect(() => requireEpochs(1, 6, 5)).toThrow(/epochs is 1, but the run has reached epoch 2/);
  });
});
