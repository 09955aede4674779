import { describe, expect, it } from 'vitest';
import { compositeShares, largestBandRadius, parseRunConfig, type RunConfig, sides } from './config.ts';
import { presets } from './presets.ts';

const parse = (change: Partial<Record<keyof RunConfig, unknown>>) =>
  parseRunConfig({ ...presets.quickLook, ...change });

describe('the settings of losses and frequency weights', () => {
  it('are complete in every preset', () => {
    for (const preset of Object.values(presets)) expect(parseRunConfig(preset)).toEqual(preset);
  });

  it.each([
    [{ ssimWindow: 12 }, /ssimWindow is 12: must be odd/],
    [{ ssimWindow: 33 }, /ssimWindow is 33: must be at most 31/],
    [{ ssimWindow: 1 }, /ssimWindow is 1: must be at least 3/],
    [{ ssimWindow: 5.5 }, /ssimWindow is 5.5: must be a whole number/],
    [{ ssimSigma: 0 }, /ssimSigma is 0: must be at least 0.1/],
    [{ focalAlpha: Number.NaN }, /focalAlpha is NaN/],
    [{ compositeL2: -1 }, /compositeL2 is -1: must be at least 0/],
    [{ weightPower: 3.5 }, /weightPower is 3.5: must be at most 3/],
    [{ weightGamma: Number.POSITIVE_INFINITY }, /weightGamma is Infinity: must be finite/],
    [{ weightCurve: 3 }, /weightCurve is 3: must be text/],
    [{ weightCurve: '0:0,1:NaN' }, /weightCurve is "0:0,1:NaN": the curve has "1:NaN" as point 2/],
    [{ loss: 'huber' }, /The setting loss is "huber"/],
  ])('rejects %j with a reason', (change, message) => {
    expect(() => parse(change)).toThrow(message);
  });

  it('are rejected with setting, value and expectation if they let no image be scored', () => {
    expect(() => parse({ side: 64, bandLow: 45.3 })).toThrow(
      'The setting bandLow is 45.3: must be at most 45.25, the largest radius at side 64 (lower it, or choose a larger side).',
    );
    expect(parse({ side: 64, bandLow: 32 * Math.SQRT2 }).bandLow).toBe(32 * Math.SQRT2);
    expect(parse({ side: 128, bandLow: 45.3 }).bandLow).toBe(45.3);
    expect(() => parse({ bandLow: 5, bandHigh: 4 })).toThrow(
      'The setting bandHigh is 4: must be at least bandLow, 5.',
    );
    expect(() => parse({ bandLow: 0.1, bandHigh: 0.9 })).toThrow('The setting bandLow is 0.1: no frequency');
  });

  it('keep a band without an upper end valid at every side', () => {
    for (const side of sides)
      expect(parse({ side, bandHigh: largestBandRadius }).bandHigh).toBe(largestBandRadius);
  });

  it('reject a drawn weight in use that is 0 at every frequency of the side', () => {
    // The lowest frequency is 1 / 22.63 = 0.044 of the largest radius at side 32, and 0.022 at side 64.
    const narrow = { weightCurve: '0:0,0.01:0,0.03:1,0.04:0,1:0' };
    expect(() => parse({ ...narrow, weight: 'curve', side: 32 })).toThrow(
      /The setting weightCurve is "0:0,0.01:0,0.03:1,0.04:0,1:0": the curve has no value above 0 at the frequencies of 32 x 32/,
    );
    expect(parse({ ...narrow, weight: 'curve', side: 64 }).weight).toBe('curve');
    expect(parse({ ...narrow, weight: 'radial', side: 32 }).side).toBe(32);
    const tiny = { weight: 'curve', weightCurve: '0:1e-310,1:1e-310' } as const;
    expect(() => parse(tiny)).toThrow(/no value above 1e-310 .*, expected at least 1e-300/);
    expect(parse({ weight: 'curve', weightCurve: '0:1e-300,1:1e-300' }).weight).toBe('curve');
  });

  it('shorten a long value in the message', () => {
    const points = Array.from({ length: 1001 }, (_, index) => `${index / 1000}:1`);
    expect(parse({ weightCurve: points.slice(0, 1000).join(',') }).weightCurve.split(',')).toHaveLength(1000);
    expect(() => parse({ weightCurve: points.join(',') })).toThrow(
      'The setting weightCurve is "0:1,0.001:1,0.002:1,0.003:1,0.004:1,0.005:1,0.006:1,0.007:…: the curve has 1001 points, expected at most 1000.',
    );
  });

  it('report an invalid curve before its values at a side', () => {
    expect(() => parse({ weight: 'curve', weightCurve: '0:0,1:oo' })).toThrow(/has "1:oo" as point 2/);
  });

  const noShares = Object.fromEntries(Object.values(compositeShares).map((name) => [name, 0]));

  it('rejects a composite without parts, naming its shares', () => {
    expect(() => parse({ ...noShares, loss: 'composite' })).toThrow(
      /no parts: compositeL2, compositeSsim, compositeFrequency, compositeWfdl, compositeFocalFrequency are all 0/,
    );
    expect(parse({ ...noShares, loss: 'l2' }).compositeL2).toBe(0);
    expect(parse({ ...noShares, loss: 'composite', compositeWfdl: 0.001 }).compositeWfdl).toBe(0.001);
  });
});
