/** The tokens' colors: contrast of WCAG 2.2 AA, and losses, classes and bands that color-blind eyes tell apart. */
import { readFileSync } from 'node:fs';
import { wcagContrast } from 'culori';
import { describe, expect, it } from 'vitest';
import { lossNames } from '#core/config.ts';
import { colorVisions, lightness, seenBy, shareOfViewers } from '#testing/color.ts';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);
const modes = ['light', 'dark'] as const;
type Mode = (typeof modes)[number];

const color = (name: string, mode: Mode): string => {
  const value = tokens.get(name)?.[mode];
  if (value === undefined) throw new Error(`tokens.css has no color --${name}.`);
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
      .map((below) => ({ below, ratio: wcagContrast(color(name, mode), color(below, mode)) }))
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
});

/** Three of four viewers. */
const leastShare = 0.75;

/** The pairs that fewer viewers tell apart, in words. */
const alike = (
  pairs: readonly (readonly [string, string])[],
  vision: (typeof colorVisions)[number],
  mode: Mode,
) =>
  pairs
    .map(([first, second]) => ({
      pair: `${first}, ${second}`,
      share: shareOfViewers(vision, color(first, mode), color(second, mode)),
    }))
    .filter(({ share }) => share < leastShare)
    .map(({ pair, share }) => `${pair}: ${share.toFixed(2)}`);

describe.each(colorVisions)('colors under %s', (vision) => {
  it.each(modes)('distinguish losses, classes and bands, %s', (mode) => {
    const pairs = [losses, classes, bands].flatMap(pairsOf);
    expect(alike(pairs, vision, mode)).toEqual([]);
  });

  it.each(modes)('show the order of the bands after the mean, each lighter than the last, %s', (mode) => {
    const lightnesses = bands.slice(1).map((band) => lightness(vision, color(band, mode)));
    expect(lightnesses).toEqual(lightnesses.toSorted((a, b) => a - b));
  });
});

describe('the simulation', () => {
  it('leaves grays as they are: the rows of each matrix sum to 1', () => {
    for (const vision of colorVisions) {
      const { r, g, b } = seenBy(vision, '#808080');
      // Six decimals are printed: three of them round to 1.5e-6.
      for (const channel of [r, g, b]) expect(channel).toBeCloseTo(0.2158605, 5);
    }
  });

  it('takes the difference of red and green of equal lightness away', () => {
    const [red, green] = ['#c05000', '#7a7a00'];
    const usual = shareOfViewers('usual', red, green);
    expect(shareOfViewers('deuteranopia', red, green)).toBeLessThan(usual / 4);
  });

  it('multiplies linear light: full red leaves what the published matrix of protanopia says', () => {
    // Encoded values multiplied by it would leave 0.0202.
    expect(seenBy('protanopia', '#ff0000').r).toBeCloseTo(0.152286, 6);
  });
});
