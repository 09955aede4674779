import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { figureSvg } from '../../plot/export/figure.ts';
import { figureLayout } from './figure-layout.ts';
import { testRow } from './testing-rows.ts';

const rows = [testRow('l2', { label: 'with <b> & "quotes"\u0007' }), testRow('wfdl')];
const layout = figureLayout({
  category: 'bottle',
  path: 'test/crack/007.png',
  rows,
  ownResidualScales: false,
  colorOf: () => '#123456',
});

const contents = (svg: string, pattern: RegExp): string[] =>
  [...svg.matchAll(pattern)].map((match) => match[1]);

/** Whether every element is closed in its turn. The browser's own parser reads the file in the end-to-end test. */
const isBalanced = (svg: string): boolean => {
  const open: string[] = [];
  for (const [, closing, name, selfClosing] of svg.matchAll(/<(\/?)([a-zA-Z]+)[^<>]*?(\/?)>/g)) {
    if (closing) {
      if (open.pop() !== name) return false;
    } else if (!selfClosing) open.push(name);
  }
  return open.length === 0;
};

describe('the comparison as SVG', () => {
  const svg = figureSvg(layout);

  it('holds the embedded pictures of the image and of each row, which decode to the panels', () => {
    const images = contents(svg, /href="data:image\/png;base64,([^"]+)"/g);
    expect(images).toHaveLength(10);
    const pictures = layout.items.filter((item) => item.kind === 'picture');
    for (const [index, image] of images.entries()) {
      const { width, height, channels, data } = decode(Buffer.from(image, 'base64'));
      expect([width, height, channels]).toEqual([4, 4, 4]);
      expect(Array.from(data)).toEqual(Array.from(pictures[index].pixels));
    }
  });

  it('has its text as text, escaped, and a title', () => {
    const texts = contents(svg, /<text[^>]*>([^<]*)<\/text>/g);
    expect(texts).toContain('bottle: test/crack/007.png');
    expect(texts).toContain('(d) Reconstruction |F̂|');
    expect(texts.join(' ')).toContain('with &lt;b&gt; &amp; &quot;quotes&quot;\ufffd');
    expect(contents(svg, /<title>([^<]*)<\/title>/g)[0]).toBe('bottle: test/crack/007.png');
  });

  it('is on white, self-contained, and well formed', () => {
    expect(svg).toContain(`viewBox="0 0 ${layout.width} ${layout.height}"`);
    expect(svg).toContain(`<rect width="${layout.width}" height="${layout.height}" fill="#ffffff"/>`);
    expect(isBalanced(svg)).toBe(true);
    expect(svg).not.toMatch(/href="(?!data:)/);
    for (const id of contents(svg, /url\(#([^)]+)\)/g)) expect(svg).toContain(`<linearGradient id="${id}">`);
  });
});
