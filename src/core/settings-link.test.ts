import { describe, expect, it } from 'vitest';
import { addedToVersion1, newerSentence, version1Links } from '#testing/version-1.ts';
import { addedToVersion3, version3Links } from '#testing/version-3.ts';
import type { RunConfig } from './config.ts';
import { presets } from './presets.ts';
import { settingsFromFragment, settingsToFragment } from './settings-link.ts';

describe('a link to settings', () => {
  it('is the preset alone if nothing differs from it', () => {
    for (const name of ['quickLook', 'recommended', 'paper'] as const) {
      expect(settingsToFragment(presets[name])).toBe(`v=4&preset=${name}`);
    }
  });

  it('names what differs from the nearest preset', () => {
    expect(settingsToFragment({ ...presets.paper, loss: 'l2', seed: 3 })).toBe(
      'v=4&preset=paper&loss=l2&seed=3',
    );
  });

  it('restores the settings, whatever differs', () => {
    const config: RunConfig = {
      ...presets.quickLook,
      loss: 'composite',
      weight: 'curve',
      weightCurve: '0:0,0.25:1,1:0.5',
      learningRate: 2.5e-4,
      score: 'ssim',
      bandLow: 1.5,
      side: 128,
    };
    expect(settingsFromFragment(`#${settingsToFragment(config)}`, presets.quickLook)).toEqual({
      config,
      rivals: [],
    });
  });

  it('excludes the settings of the machine', () => {
    const own = { ...presets.quickLook, memoryBudgetMB: 123, microBatch: 2 };
    expect(settingsToFragment(own)).toBe('v=4&preset=quickLook');
    expect(settingsFromFragment('v=2&preset=paper', own)?.config).toEqual({
      ...presets.paper,
      memoryBudgetMB: 123,
      microBatch: 2,
    });
  });

  it('requires the name of a preset', () => {
    expect(settingsFromFragment('', presets.paper)).toBeUndefined();
    expect(settingsFromFragment('#section-2', presets.paper)).toBeUndefined();
  });

  it('of version 1 restores the presets of version 1', () => {
    const links = version1Links();
    expect(links.length).toBeGreaterThan(Object.keys(presets).length);
    for (const { fragment, config } of links)
      expect(settingsFromFragment(fragment, presets.paper)).toEqual({
        config: { ...config, ...addedToVersion1 },
        rivals: [],
      });
  });

  it('of version 3 squeezes images', () => {
    for (const { fragment, config } of version3Links())
      expect(settingsFromFragment(fragment, presets.paper)).toEqual({
        config: { ...config, ...addedToVersion3 },
        rivals: [],
      });
  });

  it('of a newer version is rejected before anything else is read', () => {
    for (const fragment of ['v=5&preset=best', 'preset=paper&depth=4&v=5', '#v=5'])
      expect(() => settingsFromFragment(fragment, presets.paper)).toThrow(newerSentence);
    expect(() => settingsFromFragment('v=two&preset=paper', presets.paper)).toThrow(/has version "two"/);
  });

  it('is rejected with the name of the invalid parameter', () => {
    const read = (fragment: string) => () => settingsFromFragment(fragment, presets.paper);
    expect(read('preset=best')).toThrow(/no preset is called best/);
    expect(read('preset=paper&depth=4')).toThrow(/no setting is called depth/);
    expect(read('preset=paper&memoryBudgetMB=100')).toThrow(/no setting is called memoryBudgetMB/);
    expect(read('preset=paper&epochs=ten')).toThrow(/epochs is "ten"/);
    expect(read('preset=paper&side=60')).toThrow(/side is 60/);
    expect(read('preset=paper&side=32&bandLow=23')).toThrow(/bandLow is 23: must be at most 22\.62/);
    expect(read('preset=paper&bandLow=9&bandHigh=8')).toThrow(/bandHigh is 8: must be at least bandLow, 9/);
    expect(read('preset=paper&weight=curve&weightCurve=0:1,0.001:0,1:0')).toThrow(
      /weightCurve is .* no value above 0/,
    );
  });
});

describe('the link of a race', () => {
  const config = { ...presets.quickLook, loss: 'wfdl' } as const;
  const read = (fragment: string) => settingsFromFragment(fragment, presets.quickLook);

  it('carries the settings in which each rival differs', () => {
    const rivals = [{ loss: 'l2' }, { weight: 'curve', weightCurve: '0:0,1:1', width: 1 }] as const;
    const fragment = settingsToFragment(config, rivals);
    expect(new URLSearchParams(fragment).getAll('against')).toEqual([
      'loss=l2',
      'weight=curve;weightCurve=0:0,1:1;width=1',
    ]);
    expect(read(fragment)).toEqual({ config, rivals });
  });

  it('is refused with the name of what is wrong', () => {
    const link = settingsToFragment(config);
    expect(() => read(`${link}&against=loss%3Dl3`)).toThrow(/loss is "l3"/);
    expect(() => read(`${link}&against=los%3Dl2`)).toThrow(/no setting is called los/);
    expect(() => read(`${link}&against=side%3D512`)).toThrow(/side is the same for all contestants/);
    expect(() => read(`${link}&against=loss%3Dwfdl`)).toThrow(/same settings as contestant 1/);
    expect(() => read(`${link}&against=memoryBudgetMB%3D100`)).toThrow(/no setting is called memoryBudgetMB/);
  });
});
