import { describe, expect, it } from 'vitest';
import type { LossName } from '#core/config.ts';
import { presets } from '#core/presets.ts';
import { fakeRun } from '#store/testing/fake-run.ts';
import { runsOfOtherLosses, withRun } from './comparison-state.ts';

const run = (id: string, loss: LossName) => fakeRun({ id, config: { ...presets.quickLook, loss } });

describe('the rows beside the present run', () => {
  it('are the newest run of each other loss', () => {
    const retained = [run('a', 'l2'), run('b', 'ssim'), run('c', 'l2'), run('d', 'wfdl')];
    expect(runsOfOtherLosses(retained, 'wfdl')).toEqual(['c', 'b']);
    expect(runsOfOtherLosses(retained, undefined)).toEqual(['c', 'b', 'd']);
  });

  it('are four at most, chosen and left out one by one', () => {
    expect(withRun(['a'], 'b', true)).toEqual(['a', 'b']);
    expect(withRun(['a', 'b'], 'a', false)).toEqual(['b']);
    expect(withRun(['a', 'b', 'c', 'd'], 'e', true)).toEqual(['a', 'b', 'c', 'd']);
    expect(withRun(['a', 'b', 'c', 'd'], 'd', true)).toEqual(['a', 'b', 'c', 'd']);
  });
});
