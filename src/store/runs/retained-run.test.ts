import { describe, expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { presets } from '#core/presets.ts';
import { fakeRun } from '../testing/fake-run.ts';
import { shareObjective } from './objective.ts';
import { differingSettings, evaluationOf, lengthOf, nextName, stepOf } from './retained-run.ts';

const run = (change: Partial<RunConfig>, name = 'run') =>
  fakeRun({ id: name, name, config: { ...presets.quickLook, ...change } });

describe('retained runs side by side', () => {
  it('differ in the settings that are not the same in all of them', () => {
    expect(differingSettings([])).toEqual([]);
    expect(differingSettings([run({})])).toEqual([]);
    expect(differingSettings([run({ seed: 1 }), run({ seed: 1 }), run({ seed: 2, loss: 'l2' })])).toEqual([
      'loss',
      'seed',
    ]);
  });

  it('are numbered by loss; names that the user gave do not count', () => {
    const runs = ['WFDL 2', 'WFDL best', 'L2 7'].map((name) => run({}, name));
    expect(nextName('wfdl', runs)).toBe('WFDL 3');
    expect(nextName('ssim', runs)).toBe('SSIM 1');
  });

  it('have no step, epoch or evaluation before the first', () => {
    expect([stepOf(run({})), lengthOf(run({})).epochs, evaluationOf(run({}))]).toEqual([0, 0, undefined]);
  });
});

describe('losses', () => {
  const share = (change: Partial<RunConfig>): boolean =>
    shareObjective([presets.quickLook, { ...presets.quickLook, ...change }]);

  it('compare if only the optimization or the scoring differs', () => {
    expect(share({ seed: 3, batch: 4, learningRate: 1, width: 1, batchNorm: 'running' })).toBe(true);
    expect(shareObjective([])).toBe(true);
  });

  it('do not compare if the functions differ', () => {
    for (const change of [{ loss: 'l2' }, { weight: 'uniform' }, { dcWeight: 0 }, { side: 64 }] as const)
      expect(share(change), JSON.stringify(change)).toBe(false);
  });
});
