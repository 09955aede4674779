import { describe, expect, it } from 'vitest';
import { compositeShares, parseRunConfig, type RunConfig } from './config.ts';
import { presets } from './presets.ts';

const parse = (change: Partial<Record<keyof RunConfig, unknown>>) =>
  parseRunConfig({ ...presets.quickLook, ...change });

describe('the settings of losses and weights', () => {
  it('are whole in every preset', () => {
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
    [{ weightCurve: 3 }, /weightCurve is 3: must be a text/],
    [{ weightCurve: '0:0,1:NaN' }, /weightCurve is "0:0,1:NaN": the curve has "1:NaN" as point 2/],
    [{ loss: 'huber' }, /The setting loss is "huber"/],
  ])('%j is refused, and why is said', (change, message) => {
    expect(() => parse(change)).toThrow(message);
  });

  const noShares = Object.fromEntries(Object.values(compositeShares).map((name) => [name, 0]));

  it('a composite of nothing is refused, naming its shares', () => {
    expect(() => parse({ ...noShares, loss: 'composite' })).toThrow(
      /no part: compositeL2, compositeSsim, compositeFrequency, compositeWfdl, compositeFocalFrequency are all 0/,
    );
    expect(parse({ ...noShares, loss: 'l2' }).compositeL2).toBe(0);
    expect(parse({ ...noShares, loss: 'composite', compositeWfdl: 0.001 }).compositeWfdl).toBe(0.001);
  });
});
