/** The tokens' colours: contrast of WCAG 2.2 AA, and losses and classes that colour-blind eyes tell apart. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lossNames } from '#core/config.ts';
import { type ColourVision, colourVision, contrast, lab, noticeableDistance, seenBy } from './colour.ts';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);
const modes = ['light', 'dark'] as const;
type Mode = (typeof modes)[number];

const colour = (name: string, mode: Mode): string => {
  const value = tokens.get(name)?.[mode];
  if (value === undefined) throw new Error(`tokens.css has no colour --${name}.`);
  return value;
};

const surfaces = ['background', 'surface', 'sunken'];
const tints = ['alert-tint', 'notice-tint'];
const losses = lossNames.map((name) => `loss-${name}`);
const classes = ['class-good', 'class-anomalous'];
const bands = [0, 1, 2, 3, 4, 5].map((band) => `band-${band}`);

/** The pairs below a ratio, in words. */
const tooFaint = (names: readonly string[], on: readonly string[], mode: Mode, least: number) =>
  names.flatMap((name) =>
    on
      .map((below) => ({ below, ratio: contrast(colour(name, mode), colour(below, mode)) }))
      .filter(({ ratio }) => ratio < least)
      .map(({ below, ratio }) => `${name} on ${below}: ${ratio.toFixed(2)}`),
  );

const pairsOf = (names: readonly string[]): readonly (readonly [string, string])[] =>
  names.flatMap((first, index) => names.slice(index + 1).map((second) => [first, second] as const));

describe.each(modes)('contrast, %s', (mode) => {
  it('of text is at least 4.5 on every surface', () => {
    const text = ['ink', 'ink-quiet', 'accent', 'alert', 'notice'];
    expect(tooFaint(text, [...surfaces, ...tints], mode, 4.5)).toEqual([]);
    expect(tooFaint(['accent-ink'], ['accent'], mode, 4.5)).toEqual([]);
  });

  it('of lines, marks and borders of controls is at least 3', () => {
    expect(tooFaint(['line-strong', ...losses, ...classes], surfaces, mode, 3)).toEqual([]);
    expect(tooFaint(bands, ['background', 'surface'], mode, 3)).toEqual([]);
  });

  it('is known to be measured right: black on white is 21', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10);
  });
});

/** 1 is noticed by half of all viewers, so that by the linear model 1.5 is by three of four. */
const leastDistance = 1.5;

describe.each(Object.keys(colourVision) as ColourVision[])('colours under %s', (vision) => {
  it.each(modes)('tell losses apart, and good from anomalous, %s', (mode) => {
    const alike = [...pairsOf(losses), ...pairsOf(classes)]
      .map(([first, second]) => ({
        pair: `${first}, ${second}`,
        distance: noticeableDistance(
          lab(seenBy(vision, colour(first, mode))),
          lab(seenBy(vision, colour(second, mode))),
        ),
      }))
      .filter(({ distance }) => distance < leastDistance)
      .map(({ pair, distance }) => `${pair}: ${distance.toFixed(2)}`);
    expect(alike).toEqual([]);
  });
});

describe('the simulation', () => {
  it('leaves greys as they are: the rows of each matrix sum to 1', () => {
    for (const vision of Object.keys(colourVision) as ColourVision[]) {
      // Six decimals are printed: three of them round to 1.5e-6.
      for (const channel of seenBy(vision, '#808080')) expect(channel).toBeCloseTo(0.2158605, 5);
    }
  });

  it('takes the difference of red and green of equal lightness away', () => {
    const [red, green] = ['#c05000', '#7a7a00'];
    const usual = noticeableDistance(lab(seenBy('usual', red)), lab(seenBy('usual', green)));
    const without = noticeableDistance(lab(seenBy('deuteranopia', red)), lab(seenBy('deuteranopia', green)));
    expect(without).toBeLessThan(usual / 4);
  });
});
