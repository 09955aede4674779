/**
 * The layout of the exported filter figure, after Fig. 1 of the paper: the image, its spectrum with the cut-offs, both after the
 * filter, the residual, and the runs in the same band. Pure; lengths are in CSS pixels.
 */
import type { Metric } from '#core/history.ts';
import type { RadialBand } from '#core/spectrum/radial-band.ts';
import type { Pixels } from '../../image/paint.ts';
import type { FigureItem } from '../../plot/export/figure.ts';
import { paragraphs, quietInk, text } from '../../plot/export/figure-parts.ts';
import { cutText, wrapText } from '../../plot/export/text-width.ts';
import { asFileName } from '../../ui/download.ts';
import { formatFigure } from '../../ui/format.ts';
import { residualBar, spectrumBar } from '../bars.ts';
import type { NamedFigure } from '../ExportFigure.tsx';
import { arcsInSquare } from './arcs-in-square.ts';
import { bandInWords } from './part-in-band.ts';
import type { Filtered } from './use-filtered.ts';
import type { FilteredRun } from './use-filtered-runs.ts';

export interface FilterFigureContent {
  /** The image in words: its category and path, or the name of its file. */
  readonly title: string;
  readonly filtered: Filtered;
  readonly band: RadialBand;
  /** The cut-offs that are drawn on the spectrum, in cycles per image. */
  readonly cutOffs: readonly number[];
  /** Contrast factor of pictures around mid gray. */
  readonly contrast: number;
  readonly runs: readonly FilteredRun[];
}

const margin = 24;
const panel = 152;
const gap = 10;
const columns = 5;
const width = 2 * margin + columns * panel + (columns - 1) * gap;

const columnAt = (column: number): number => margin + column * (panel + gap);

const percent = (metric: Metric): string =>
  metric.defined ? `${(100 * metric.value).toFixed(2)} %` : metric.reason;

const cutOffItems = ({ filtered, cutOffs, band }: FilterFigureContent, y: number): FigureItem[] => {
  const scale = panel / filtered.side;
  // The zero frequency is the pixel at [side / 2, side / 2], whose center is half a pixel further.
  const middle = (filtered.side / 2 + 0.5) * scale;
  const dash = band.edges === 'ideal' ? 'none' : '4 3';
  return cutOffs.flatMap((radius) => {
    const path = arcsInSquare(middle, radius * scale, panel);
    if (path === '') return [];
    const circle = { kind: 'path', x: columnAt(1), y, path } as const;
    return [
      { ...circle, color: '#000000', width: 3, dash: 'none' },
      { ...circle, color: '#ffffff', width: 1.4, dash },
    ];
  });
};

const runItems = (run: FilteredRun, contrast: number, y: number): FigureItem[] => {
  const lost = run.lost.defined ? formatFigure(run.lost.value) : run.lost.reason;
  const lines = [`epoch ${run.epoch}`, `residual / image power ${lost}`].flatMap((line) =>
    wrapText(line, panel, 10),
  );
  const picture = { kind: 'picture', y, size: panel, side: run.side } as const;
  return [
    ...wrapText(run.name, panel, 12).map((line, i) =>
      text(columnAt(2), y + 10 + i * 15, line, { size: 12, bold: true }),
    ),
    ...lines.map((line, i) => text(columnAt(2), y + 42 + i * 14, line, { size: 10, color: quietInk })),
    { ...picture, x: columnAt(3), pixels: run.reconstruction, label: `${run.name}: filtered reconstruction` },
    { ...picture, x: columnAt(4), pixels: run.residual, label: `${run.name}: lost, contrast × ${contrast}` },
  ];
};

/** Lays out one image through the filter of the page. The same content gives the same figure on any page. */
export const filterFigure = (content: FilterFigureContent): NamedFigure => {
  const { title, filtered, band, contrast, runs } = content;
  const { side, meanRemoved, spectrum } = filtered;
  const items: FigureItem[] = [];
  const heads = (y: number, names: ReadonlyMap<number, string>): void => {
    for (const [column, name] of names) items.push(text(columnAt(column), y, name, { bold: true }));
  };
  const picture = (column: number, y: number, pixels: Pixels, label: string): void => {
    items.push({ kind: 'picture', x: columnAt(column), y, size: panel, side, pixels, label });
  };
  let y = margin + 14;
  items.push(text(margin, y, cutText(title, width - 2 * margin, 15), { size: 15, bold: true }));
  y += 16;
  const edges = band.edges === 'ideal' ? 'ideal' : 'Gaussian';
  const words = `Passes the frequencies ${bandInWords(band)}, ${edges} edges; side ${side} px.`;
  items.push(text(margin, y, words, { size: 10, color: quietInk }));
  y += 24;
  const names = ['(a) Image', '(b) |F|', '(c) Filtered image', '(d) Filtered |F|', '(e) Residual'];
  heads(y, new Map(names.entries()));
  y += 8;
  picture(0, y, filtered.image, 'image');
  picture(1, y, spectrum.pixels, 'spectrum of the image');
  items.push(...cutOffItems(content, y));
  picture(2, y, filtered.filteredImage, 'filtered image');
  picture(3, y, filtered.filteredSpectrum.pixels, 'spectrum of the filtered image');
  picture(4, y, filtered.residual.pixels, 'residual');
  y += panel + 6;
  for (const column of [1, 3])
    items.push(...spectrumBar({ x: columnAt(column), y, width: panel }, spectrum.scale.upper, '|F|'));
  items.push(...residualBar({ x: columnAt(4), y, width: panel }, filtered.residual.scale.upper, false));
  y += 44;
  if (runs.length > 0) {
    heads(
      y,
      new Map([
        [3, 'Reconstruction, filtered'],
        [4, `Lost, × ${contrast}`],
      ]),
    );
    y += 8;
    for (const run of runs) {
      items.push(...runItems(run, contrast, y));
      y += panel + gap;
    }
  }
  const caption = paragraphs(
    [
      `Remaining energy ${percent(filtered.passedEnergy)}, without the mean ${percent(filtered.passedEnergyBesideMean)}. ` +
        `The squared residual of image and filtered image sums to ${formatFigure(filtered.residualEnergy, 4)}.`,
      `Spectra: mean of |F| over the channels, natural logarithm, zero frequency in the middle, circles at the cut-offs. ` +
        `${meanRemoved ? `(c) Mid gray is 0, contrast × ${contrast}. ` : ''}` +
        '(e) Squared difference, summed over the channels, square-root color scale.',
    ],
    { x: margin, y: y - 14, width: width - 2 * margin },
  );
  items.push(...caption.items);
  const name = asFileName(`${title.replace(/\.[a-z0-9]+$/i, '')} ${bandInWords(band)}`);
  return { name, figure: { width, height: Math.ceil(caption.y + margin), title, items } };
};
