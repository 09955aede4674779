import { describe, expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { inferno } from '../../image/color-map.ts';
import type { Figure, FigurePicture } from '../../plot/export/figure.ts';
import { commonScales, isFilled } from './comparison-row.ts';
import { type FigureContent, figureLayout, figureName } from './figure-layout.ts';
import { testRow } from './testing-rows.ts';

const content = (change: Partial<FigureContent> = {}): FigureContent => ({
  category: 'bottle',
  path: 'test/crack/007.png',
  rows: [testRow('l2'), testRow('ssim'), testRow('wfdl')],
  ownResidualScales: false,
  colorOf: (loss) => (loss === 'l2' ? '#0072b2' : '#a3358c'),
  ...change,
});

const pictures = ({ items }: Figure): FigurePicture[] => items.filter((item) => item.kind === 'picture');

const texts = ({ items }: Figure): string[] =>
  items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));

/** First pixel as an RGBA word, as the color tables have it. */
const firstWord = ({ pixels }: FigurePicture): number => new Uint32Array(pixels.buffer)[0];

describe('the layout of the comparison', () => {
  it('has the image once, and aligns four panels per row in columns, without overlaps', () => {
    const found = pictures(figureLayout(content()));
    expect(found.map(({ label }) => label).filter((label) => label.startsWith('input'))).toHaveLength(2);
    expect(found).toHaveLength(14);
    const columns = new Set(found.map(({ x }) => x));
    const rows = [...new Set(found.map(({ y }) => y))];
    expect(columns.size).toBe(4);
    expect(rows).toHaveLength(4);
    const size = found[0].size;
    for (const [above, below] of [
      [rows[0], rows[1]],
      [rows[1], rows[2]],
      [rows[2], rows[3]],
    ]) {
      expect(below - above).toBeGreaterThan(size);
    }
  });

  it('names the image, the columns, and the loss, run, epoch, score and AUROC of each row', () => {
    const found = texts(figureLayout(content()));
    expect(found[0]).toBe('bottle: test/crack/007.png');
    expect(found.filter((text) => /^\([a-f]\) /.test(text))).toHaveLength(6);
    for (const text of ['L2', 'SSIM', 'WFDL', 'l2 run', 'wfdl run']) expect(found).toContain(text);
    for (const text of ['epoch 150', 'score 12.35', 'image AUROC 0.938']) {
      expect(
        found.filter((other) => other === text),
        text,
      ).toHaveLength(3);
    }
  });

  it('gives the differences from the paper in its caption, common ones once', () => {
    const paper = (...differences: string[]) => ({ paper: { differences, assumptions: [] } });
    const side = 'Side 64 px instead of 256 px.';
    const rows = [testRow('l2', paper(side)), testRow('wfdl', paper(side, 'DC weight 1 instead of 0.'))];
    const caption = texts(figureLayout(content({ rows }))).slice(-2);
    expect(caption).toEqual([
      `Every run differs from the paper’s experiment: ${side}`,
      'wfdl run differs from it: DC weight 1 instead of 0.',
    ]);
  });

  it('marks an epoch that was chosen on the test set', () => {
    const rows = [testRow('l2', { epochChoice: 'chosen-on-test' }), testRow('wfdl')];
    const found = texts(figureLayout(content({ rows }))).join(' ');
    expect(found.match(/chosen by looking at the test set/g)).toHaveLength(1);
  });

  it('names common settings once, and different ones beside each run', () => {
    const rows = [testRow('l2'), testRow('wfdl', { config: { ...testRow('wfdl').config, seed: 7 } })];
    const found = texts(figureLayout(content({ rows })));
    const shared = found.slice(1, found.indexOf('(a) Input')).join(' ');
    const { quickLook } = presets;
    expect(shared).toContain(`side ${quickLook.side}, width × ${quickLook.width}, batch ${quickLook.batch}`);
    expect(shared).not.toContain('seed');
    expect(found).toContain('seed 0');
    expect(found).toContain('seed 7');
    expect(found.join(' ')).toContain('weight radial');
  });

  it('draws all residuals on one scale, or each on its own scale with a bar below it', () => {
    const residuals = (layout: Figure) =>
      pictures(layout).filter(({ label }) => label.endsWith(': residual'));
    const bars = ({ items }: Figure) => items.filter((item) => item.kind === 'bar' && item.table === inferno);
    const common = figureLayout(content());
    // 0.5 of the largest 2: half the way up by the root, level 128 of 255.
    expect(residuals(common).map(firstWord)).toEqual([inferno[128], inferno[255], inferno[255]]);
    expect(bars(common)).toHaveLength(1);
    const own = figureLayout(content({ ownResidualScales: true }));
    expect(residuals(own).map(firstWord)).toEqual([inferno[255], inferno[255], inferno[255]]);
    expect(bars(own)).toHaveLength(3);
    expect(texts(own)).toContain('0.5');
  });

  it('draws a radial curve for each row, in the color of its loss', () => {
    const { items } = figureLayout(content());
    const curves = items.filter((item) => item.kind === 'path' && item.width > 1);
    expect(curves).toHaveLength(3);
    expect(curves.map((item) => item.kind === 'path' && item.color)).toEqual([
      '#0072b2',
      '#a3358c',
      '#a3358c',
    ]);
  });

  it('stays inside the figure with any name', () => {
    const path = `${'very_long_name_of_a_folder/'.repeat(12)}007.png`;
    const rows = [testRow('wfdl', { label: 'a run with a name that goes on '.repeat(9) })];
    for (const ownResidualScales of [false, true]) {
      const { items, width, height } = figureLayout(content({ path, rows, ownResidualScales }));
      for (const item of items) {
        const [itemWidth, itemHeight] =
          item.kind === 'text'
            ? [item.text.length * item.size * 0.5, 0]
            : item.kind === 'bar'
              ? [item.width, item.height]
              : item.kind === 'picture' || item.kind === 'swatch'
                ? [item.size, item.size]
                : item.kind === 'path'
                  ? [0, 0]
                  : [Number.NaN, Number.NaN];
        const left = item.x - (item.kind === 'text' && item.anchor !== 'start' ? itemWidth : 0);
        expect(left).toBeGreaterThanOrEqual(0);
        if (item.kind !== 'text' || item.anchor === 'start')
          expect(item.x + itemWidth).toBeLessThanOrEqual(width);
        expect(item.y).toBeGreaterThan(0);
        expect(item.y + itemHeight).toBeLessThan(height);
      }
    }
  });

  it('is the same for the same content', () => {
    expect(figureLayout(content())).toEqual(figureLayout(content()));
  });

  it('refuses to be empty', () => {
    expect(() => figureLayout(content({ rows: [] }))).toThrow('at least one row');
  });

  it('is saved under a name that describes its content', () => {
    const rows = [testRow('l2'), testRow('wfdl'), testRow('wfdl')];
    expect(figureName(content({ rows, path: 'test/broken_large/007.png' }))).toBe(
      'bottle-test-broken_large-007-l2-wfdl-epoch-150',
    );
    expect(figureName(content({ rows: [testRow('l2')], category: 'Teil 3 (neu)/ö' }))).toBe(
      'teil-3-neu-ö-test-crack-007-l2-epoch-150',
    );
  });
});

describe('rows', () => {
  it('share the largest value of their spectra and of their residuals', () => {
    expect(commonScales([testRow('l2'), testRow('wfdl')])).toEqual({
      spectrum: 8,
      residual: 2,
      calibrated: 0,
      difference: 8,
    });
    expect(commonScales([])).toEqual({ spectrum: 0, residual: 0, calibrated: 0, difference: 0 });
  });

  it('are filled once their image is reconstructed', () => {
    const row = testRow('l2');
    expect(isFilled(row)).toBe(true);
    expect(isFilled({ ...row, view: { ...row.view, output: undefined } })).toBe(false);
    expect(isFilled({ ...row, view: undefined })).toBe(false);
  });
});
