import { describe, expect, it } from 'vitest';
import { type ChartFigure, chartFigure } from './chart-figure.ts';
import { paintOf, withoutUnits } from './computed-paint.ts';
import { figureSvg } from './figure.ts';

const figure: ChartFigure = {
  title: 'Loss of "a < b" & more',
  note: '64 px',
  axes: { x: 'step', y: 'loss, log axis' },
  legend: [{ name: 'run <1>', color: 'rgb(1, 2, 3)', dash: '6 3' }],
  body: '<path d="M0 0"/>',
  colors: { ink: 'rgb(0, 0, 0)', quiet: 'rgb(90, 90, 90)' },
};
const documentOf = (chart: ChartFigure): string => figureSvg(chartFigure(chart));
const height = (svg: string): number => Number(/height="(\d+)"/.exec(svg)?.[1]);

describe('a chart as a document', () => {
  it('holds title, note, axes, chart and legend, with escaped names of users', () => {
    const svg = documentOf(figure);
    expect(svg).toContain('<title>Loss of &quot;a &lt; b&quot; &amp; more</title>');
    expect(svg).toContain('>run &lt;1&gt;</text>');
    expect(svg).toContain('stroke="rgb(1, 2, 3)" stroke-width="2" stroke-dasharray="6 3"');
    for (const text of ['64 px', 'step', 'loss, log axis']) expect(svg).toContain(`>${text}</text>`);
    expect(svg).toContain('<path d="M0 0"/>');
  });

  it('grows with its legend and its note, and has no empty lines for them', () => {
    const bare = height(documentOf({ ...figure, legend: [], note: '' }));
    expect(height(documentOf({ ...figure, legend: [] }))).toBe(bare + 16);
    // Each is 28 + 14 * 12 * 0.56 + 14 = 136 pixels wide: four fit into the 640 of a row.
    const entries = Array.from({ length: 5 }, (_, i) => ({
      ...{ name: `run number ${i} x`, color: 'red', dash: undefined },
    }));
    expect(height(documentOf({ ...figure, note: '', legend: entries.slice(0, 4) }))).toBe(bare + 26);
    expect(height(documentOf({ ...figure, note: '', legend: entries }))).toBe(bare + 44);
  });
});

describe('computed styles as attributes', () => {
  it('separate alpha from the color', () => {
    expect(paintOf('rgb(220, 220, 213)')).toEqual({ color: 'rgb(220,220,213)', opacity: 1 });
    expect(paintOf('rgba(11, 110, 105, 0.08)')).toEqual({ color: 'rgb(11,110,105)', opacity: 0.08 });
    expect(paintOf('color(srgb 1 0.5 0 / 0.25)')).toEqual({ color: 'rgb(255,128,0)', opacity: 0.25 });
    expect(paintOf('none')).toEqual({ color: 'none', opacity: 1 });
    expect(paintOf('url("#scale")')).toEqual({ color: 'url("#scale")', opacity: 1 });
  });

  it('have no units', () => {
    expect(withoutUnits('1.8px')).toBe('1.8');
    expect(withoutUnits('6px, 3px')).toBe('6 3');
  });
});
