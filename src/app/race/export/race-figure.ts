/** The race as one figure: the picture of the page on white, for files and for the frames of the film. */
import { type ColorTable, inferno, redBlue, viridis } from '../../image/color-map.ts';
import { maskOutline } from '../../image/mask-outline.ts';
import { middleOfResidual, type Pixels, paintMap, paintResidual, paintRgb } from '../../image/paint.ts';
import type { CurveStyle } from '../../plot/curve-style.ts';
import type { Figure, FigureItem } from '../../plot/export/figure.ts';
import { colorBar, paragraphs, quietInk, text } from '../../plot/export/figure-parts.ts';
import { cutText, wrapText } from '../../plot/export/text-width.ts';
import type { ChartAxis } from '../../plot/ticks.ts';
import { logRatio, ratioReach } from '../../shared/spectrum/spectra-scales.ts';
import { asFileName } from '../../ui/download.ts';
import { formatFigure } from '../../ui/format.ts';
import { radialCurve } from '../picture/radial-curves.ts';
import type { RaceMoment } from './race-moment.ts';
import { radialDrawing } from './radial-drawing.ts';

/** What all frames of a film share. */
export interface RaceFrame {
  readonly category: string;
  /** Settings that all contestants share, in words. */
  readonly note: string;
  /** Upper ends of the color scales. */
  readonly residualUpper: number;
  readonly spectrumUpper: number;
  readonly calibrated: boolean;
  /** Axes of the radial curves. */
  readonly abscissa: ChartAxis;
  readonly ordinate: ChartAxis;
  /** Sentences below the rows, such as the verdict. */
  readonly sentences: readonly string[];
}

const gridInk = '#c9c9c2';
const margin = 24;
const labelWidth = 128;
const panel = 148;
const gap = 10;
const width = 2 * margin + labelWidth + 4 * (panel + gap);

const columnAt = (column: number): number => margin + labelWidth + gap + column * (panel + gap);

const picture = (column: number, y: number, side: number, pixels: Pixels, label: string): FigureItem => ({
  kind: 'picture',
  x: columnAt(column),
  y,
  size: panel,
  side,
  pixels,
  label,
});

/** An outline in pixels of the mask, enlarged to the panel. */
const outlineItems = (mask: Uint8Array, side: number, y: number): FigureItem[] => {
  const scale = panel / side;
  const path = maskOutline(mask, side).replace(/[\d.]+/g, (number) => String(Number(number) * scale));
  if (path === '') return [];
  return [
    { kind: 'path', x: columnAt(1), y, path, color: '#000000', width: 3, dash: 'none' },
    { kind: 'path', x: columnAt(1), y, path, color: '#ffffff', width: 1.4, dash: 'none' },
  ];
};

const heads = (y: number, names: readonly string[]): FigureItem[] =>
  names.map((name, column) => text(columnAt(column), y, name, { bold: true }));

const scaleBar = (
  column: number,
  y: number,
  table: ColorTable,
  ends: readonly [string, string, string],
): FigureItem[] => colorBar({ x: columnAt(column), y, width: panel }, table, ends);

/**
 * Lays out one moment of a race. The same moment gives the same figure on any page.
 * @param colorOf resolves a CSS color on white
 */
export const raceFigure = (
  frame: RaceFrame,
  { path, input, contestants, epoch }: RaceMoment,
  colorOf: (color: string) => string,
): Figure => {
  const { side } = input;
  const styleOf = ({ color, dash }: CurveStyle): CurveStyle => ({ color: colorOf(color), dash });
  const spectrum = (values: Float32Array): Pixels => paintMap(values, viridis, 0, frame.spectrumUpper);
  const items: FigureItem[] = [];
  let y = margin + 14;
  const title = `${frame.category}: ${path}`;
  items.push(text(margin, y, cutText(title, width - 2 * margin - 120, 15), { size: 15, bold: true }));
  items.push(text(width - margin, y, `epoch ${epoch}`, { size: 15, bold: true, anchor: 'end' }));
  y += 16;
  items.push(text(margin, y, cutText(frame.note, width - 2 * margin, 10), { size: 10, color: quietInk }));
  y += 24;
  items.push(...heads(y, ['Input', 'Ground truth', 'Input |F|', 'Residual / image by radius']));
  y += 8;
  items.push(
    picture(0, y, side, paintRgb(input.input), 'input'),
    picture(1, y, side, paintRgb(input.input), 'input with its ground truth'),
    ...(input.mask ? outlineItems(input.mask, side, y) : []),
    picture(2, y, side, spectrum(input.inputSpectrum), 'spectrum of the input'),
    ...radialDrawing(
      contestants.map(({ view, style }) => ({ points: radialCurve(view), style: styleOf(style) })),
      {
        x: columnAt(3),
        y,
        size: panel,
        abscissa: frame.abscissa,
        ordinate: frame.ordinate,
        colors: { ink: quietInk, line: gridInk },
      },
    ),
  );
  y += panel + 22;
  items.push(...heads(y, ['Reconstruction', 'Residual', '|F̂|', 'log(|F̂| / |F|)']));
  y += 8;
  for (const { name, style, view, lines } of contestants) {
    const { output } = view;
    const { color, dash } = styleOf(style);
    items.push({ kind: 'stroke', x: margin, y: y + 7, width: 22, color, dash });
    const named = wrapText(name, labelWidth - 30, 12);
    named.forEach((line, index) => {
      items.push(text(margin + 28, y + 11 + 14 * index, line, { size: 12, bold: true, color }));
    });
    lines.forEach((line, index) => {
      items.push(text(margin, y + 14 + 14 * (named.length + index), line, { size: 10 }));
    });
    items.push(
      picture(0, y, side, paintRgb(output.reconstruction), `${name}: reconstruction`),
      picture(1, y, side, paintResidual(output.residual, frame.residualUpper), `${name}: residual`),
      picture(2, y, side, spectrum(output.reconstructionSpectrum), `${name}: spectrum of the reconstruction`),
      picture(
        3,
        y,
        side,
        paintMap(
          logRatio(output.reconstructionSpectrum, view.inputSpectrum),
          redBlue,
          -ratioReach,
          ratioReach,
        ),
        `${name}: ratio of the spectra`,
      ),
    );
    y += panel + gap;
  }
  const unit = frame.calibrated ? ' σ²' : ', squared';
  const middle = `${formatFigure(middleOfResidual(frame.residualUpper), 2)}${unit}`;
  items.push(
    ...scaleBar(1, y, inferno, ['0', middle, formatFigure(frame.residualUpper)]),
    ...scaleBar(2, y, viridis, ['0', 'log(1 + |F|)', formatFigure(frame.spectrumUpper)]),
    ...scaleBar(3, y, redBlue, ['÷ 7.4, missing', 'as input', 'invented, × 7.4']),
  );
  const caption = paragraphs(frame.sentences, { x: margin, y: y + 28, width: width - 2 * margin });
  items.push(...caption.items);
  // Even sides: video encoders need them.
  const even = (length: number): number => 2 * Math.ceil(length / 2);
  return { width: even(width), height: even(caption.y + margin), title, items };
};

/** File name without an ending: `sample-part-test-scratch-003-race-l2-wfdl-epoch-40`. */
export const raceFileName = (
  { category }: Pick<RaceFrame, 'category'>,
  {
    path,
    contestants,
    epoch,
  }: Pick<RaceMoment, 'path' | 'epoch'> & {
    readonly contestants: readonly { readonly name: string }[];
  },
): string =>
  [
    asFileName(category),
    asFileName(path.replace(/\.[a-z0-9]+$/i, '')),
    'race',
    ...contestants.map(({ name }) => asFileName(name)),
    `epoch-${epoch}`,
  ].join('-');
