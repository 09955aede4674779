import { describe, expect, it } from 'vitest';
import type { LossName } from '#core/config.ts';
import { presets } from '#core/presets.ts';
import { fakeRun } from '#store/testing/fake-run.ts';
import { runsOfOtherLosses, withRun } from './comparison-state.ts';

const run = (id: string, loss: LossName) => fakeRun({ id, config: { ...presets.quickLook, loss } });

const images = { category: 'bolt', side: presets.quickLook.side, fit: 'squeeze' } as const;

describe('the rows beside the present run', () => {
  it('are the newest run of each other loss', () => {
    const retained = [run('a', 'l2'), run('b', 'ssim'), run('c', 'l2'), run('d', 'wfdl')];
    expect(runsOfOtherLosses(retained, 'wfdl', images)).toEqual(['c', 'b']);
    expect(runsOfOtherLosses(retained, undefined, images)).toEqual(['c', 'b', 'd']);
  });

  it('are runs of the loaded category and side, and none without such runs', () => {
    const retained = [run('a', 'l2'), { ...run('b', 'l2'), categoryName: 'screw' }, run('c', 'ssim')];
    expect(runsOfOtherLosses(retained, 'wfdl', images)).toEqual(['a', 'c']);
    expect(runsOfOtherLosses(retained, 'wfdl', { ...images, category: 'screw' })).toEqual(['b']);
    expect(runsOfOtherLosses(retained, 'wfdl', { ...images, side: 256 })).toEqual([]);
    expect(runsOfOtherLosses(retained, 'wfdl', { ...images, fit: 'pad' })).toEqual([]);
    expect(runsOfOtherLosses(retained, 'wfdl', undefined)).toEqual([]);
  });

  it('are four at most, chosen and left out one by one', () => {
    expect(withRun(['a'], 'b', true)).toEqual(['a', 'b']);
    expect(withRun(['a', 'b'], 'a', false)).toEqual(['b']);
    expect(withRun(['a', 'b', 'c', 'd'], 'e', true)).toEqual(['a', 'b', 'c', 'd']);
    expect(withRun(['a', 'b', 'c', 'd'], 'd', true)).toEqual(['a', 'b', 'c', 'd']);
  });
});
