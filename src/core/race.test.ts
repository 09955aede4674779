import { describe, expect, it } from 'vitest';
import { presets } from './presets.ts';
import { contestantConfigs, raceInequalities, variableSettings, variantOf } from './race.ts';

const config = presets.quickLook;

describe('the settings of contestants', () => {
  it('are those of the first run, with the values of each rival', () => {
    const configs = contestantConfigs(config, [{ loss: 'l2' }, { loss: 'ssim', width: 1 }]);
    expect(configs).toEqual([config, { ...config, loss: 'l2' }, { ...config, loss: 'ssim', width: 1 }]);
    expect(configs.slice(1).map((rival) => variantOf(config, rival))).toEqual([
      { loss: 'l2' },
      { loss: 'ssim', width: 1 },
    ]);
  });

  it('are refused with the name of an invalid setting', () => {
    expect(() => contestantConfigs(config, [{ learningRate: 7 }])).toThrow(/learningRate is 7/);
  });

  it('cannot differ in images, device and evaluation', () => {
    expect(() => contestantConfigs(config, [{ side: 512 }])).toThrow(/side is the same for all contestants/);
    expect(() => contestantConfigs(config, [{ score: 'ssim' }])).toThrow(/score is the same/);
    expect(variableSettings(config)).toContain('loss');
    expect(variableSettings(config)).not.toContain('side');
  });

  it('cannot be equal', () => {
    expect(() => contestantConfigs(config, [{ loss: config.loss }])).toThrow(
      /Contestant 2 of the race has the same settings as contestant 1/,
    );
    expect(() => contestantConfigs(config, [{ loss: 'l2' }, { loss: 'l2' }])).toThrow(
      /Contestant 3 .* as contestant 2/,
    );
  });

  it('are refused for a fourth contestant', () => {
    const variants = (['l2', 'ssim', 'frequency'] as const).map((loss) => ({ loss }));
    expect(() => contestantConfigs({ ...config, loss: 'wfdl' }, variants)).toThrow(/at most 3 contestants/);
  });
});

describe('what contestants do not have in common', () => {
  it('is nothing if only the loss differs', () => {
    expect(raceInequalities(contestantConfigs(config, [{ loss: 'l2' }]))).toEqual([]);
  });

  it('follows from the settings in which they differ', () => {
    const of = (variant: object) => raceInequalities(contestantConfigs(config, [variant]));
    expect(of({ width: 0.5 })).toEqual(['initial-weights']);
    expect(of({ batch: config.batch + 1 })).toEqual(['batches']);
    expect(of({ seed: 5 })).toEqual(['initial-weights', 'batches']);
  });
});
