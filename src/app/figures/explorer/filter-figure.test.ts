import { describe, expect, it } from 'vitest';
import { inferno, viridis } from '../../image/color-map.ts';
import type { FigureItem } from '../../plot/export/figure.ts';
import { type FilterFigureContent, filterFigure } from './filter-figure.ts';
import type { FilteredRun } from './use-filtered-runs.ts';

const side = 16;
const pixels = new Uint8ClampedArray(side * side * 4);
const spectrum = { pixels, scale: { table: viridis, lower: 0, upper: 6 } };

const run = (name: string): FilteredRun => ({
  key: name,
  name,
  epoch: 7,
  side,
  reconstruction: pixels,
  residual: pixels,
  lost: { defined: true, value: 0.25 },
});

const figureOf = (change: Partial<FilterFigureContent> = {}) =>
  filterFigure({
    title: 'bottle: test/crack/007.png',
    filtered: {
      side,
      image: pixels,
      spectrum,
      energyWithin: new Float64Array(12),
      filteredImage: pixels,
      meanRemoved: true,
      filteredSpectrum: spectrum,
      residual: { pixels, scale: { table: inferno, lower: 0, middle: 0.5, upper: 2 } },
      residualEnergy: 12.5,
      passedEnergy: { defined: true, value: 0.4 },
      passedEnergyBesideMean: { defined: false, reason: 'the image is constant' },
    },
    band: { inner: 2, outer: 5, edges: 'ideal' },
    cutOffs: [2, 5],
    contrast: 4,
    runs: [run('L2'), run('WFDL')],
    ...change,
  });

const of = <Kind extends FigureItem['kind']>(items: readonly FigureItem[], kind: Kind) =>
  items.filter((item): item is Extract<FigureItem, { kind: Kind }> => item.kind === kind);

describe('the filter figure', () => {
  it('has five pictures of the image and two of each run, without overlaps and inside the paper', () => {
    const { figure } = figureOf();
    const found = of(figure.items, 'picture');
    expect(found).toHaveLength(9);
    for (const [index, one] of found.entries()) {
      expect(one.x + one.size).toBeLessThanOrEqual(figure.width);
      expect(one.y + one.size).toBeLessThanOrEqual(figure.height);
      for (const other of found.slice(index + 1))
        expect(Math.max(Math.abs(one.x - other.x), Math.abs(one.y - other.y))).toBeGreaterThan(one.size);
    }
  });

  it('has a color bar with its ends for both spectra and for the residual', () => {
    const { items } = figureOf().figure;
    expect(of(items, 'bar').map(({ table }) => table)).toEqual([viridis, viridis, inferno]);
    const texts = of(items, 'text').map(({ text }) => text);
    expect(texts.filter((text) => text === '6')).toHaveLength(2);
    expect(texts).toContain('0.5, squared');
  });

  it('draws each cut-off on the spectrum, dashed if its edge is gradual', () => {
    const dashes = (edges: 'ideal' | 'gaussian') =>
      of(figureOf({ band: { inner: 2, outer: 5, edges } }).figure.items, 'path')
        .filter(({ color }) => color === '#ffffff')
        .map(({ dash }) => dash);
    expect(dashes('ideal')).toEqual(['none', 'none']);
    expect(dashes('gaussian')).toEqual(['4 3', '4 3']);
  });

  it('says band, contrast, energies and the loss of each run in the band', () => {
    const all = of(figureOf().figure.items, 'text')
      .map(({ text }) => text)
      .join(' ');
    for (const part of [
      'bottle: test/crack/007.png',
      'between 2 and 5 cycles, ideal edges; side 16 px',
      'Remaining energy 40.00 %, without the mean the image is constant',
      'contrast × 4',
      'residual / image power 0.25',
      'Lost, × 4',
    ])
      expect(all).toContain(part);
  });

  it('is named by image and band', () => {
    expect(figureOf().name).toBe('bottle-test-crack-007-between-2-and-5-cycles');
  });

  it('is shorter without runs', () => {
    const { figure } = figureOf({ runs: [] });
    expect(of(figure.items, 'picture')).toHaveLength(5);
    expect(figure.height).toBeLessThan(figureOf().figure.height);
  });
});
