/**
 * The layout of the exported figure: the image with its spectrum and the radial curves of all rows, then four panels per row, as in
 * Figs. 2, 4 and 5 of the paper. Pure; lengths are in CSS pixels.
 */

import { epochChoiceWords } from '#core/epoch-choice.ts';
import { viridis } from '../../image/color-map.ts';
import { largest, type Pixels, paintMap, paintResidual, paintRgb } from '../../image/paint.ts';
import type { Figure, FigureItem, FigurePicture } from '../../plot/export/figure.ts';
import { ink, quietInk, text } from '../../plot/export/figure-parts.ts';
import { cutText, wrapText } from '../../plot/export/text-width.ts';
import { toVariationModelWords } from '../../shared/difference.ts';
import { lossLabels } from '../../shared/labels.ts';
import { scoreMapOf } from '../../shared/score-map.ts';
import { asFileName } from '../../ui/download.ts';
import { formatFigure } from '../../ui/format.ts';
import { residualBar, spectrumBar } from '../bars.ts';
import type { ComparisonRow } from './comparison-row.ts';
import {
  type ComparisonScales,
  commonScales,
  epochLines,
  type FilledRow,
  radialCurves,
  residualUpper,
} from './comparison-row.ts';
import { radialItems } from './figure-radial.ts';
import { ownSettings, sharedSettings } from './settings-in-words.ts';

export interface FigureContent {
  readonly category: string;
  /** Path of the image in its category. */
  readonly path: string;
  readonly rows: readonly FilledRow[];
  /** Whether each residual has its own color scale. */
  readonly ownResidualScales: boolean;
  /** CSS color of a loss on white. */
  readonly colorOf: (loss: FilledRow['loss']) => string;
}

const margin = 24;
const labelWidth = 136;
const panel = 152;
const gap = 10;
/** A bar with its line of text, and the room above it. */
const barBlock = 30;
const width = 2 * margin + labelWidth + 4 * panel + 4 * gap;

const inputHeads = ['(a) Input', '(b) Input |F|', 'Residual / image power'];
const columnHeads = (map: string): readonly string[] => [
  '(c) Reconstruction',
  '(d) Reconstruction |F̂|',
  `(e) ${map}`,
  '(f) Residual |F − F̂|',
];

const columnAt = (column: number): number => margin + labelWidth + gap + column * (panel + gap);

const residualBarAt = (y: number, upper: number, calibrated: boolean): FigureItem[] =>
  residualBar({ x: columnAt(2), y, width: panel }, upper, calibrated);

/** The meaning of the residuals' colors, for the kinds of residual in the rows. */
const residualInWords = (hasRaw: boolean, hasCalibrated: boolean): string =>
  [
    hasRaw ? 'squared difference of input and reconstruction, summed over channels' : '',
    hasCalibrated ? 'squared distance from the residuals of good images in units of their spread (σ²)' : '',
  ]
    .filter((words) => words !== '')
    .join(', or ');

const placed = (
  pictures: readonly (readonly [string, Pixels])[],
  { label, view: { side } }: FilledRow,
  y: number,
): FigurePicture[] =>
  pictures.map(([what, pixels], column) => ({
    kind: 'picture',
    x: columnAt(column),
    y,
    size: panel,
    side,
    pixels,
    label: what.startsWith('input') ? what : `${label}: ${what}`,
  }));

/** The image and its spectrum, with the radial curves of all rows beside them. */
const headItems = (content: FigureContent, y: number, spectrumUpper: number): FigureItem[] => {
  const { rows, colorOf } = content;
  const [first] = rows;
  if (!first) return [];
  const { input, inputSpectrum, side } = first.view;
  const curves = radialCurves(rows);
  const lossOf = new Map(rows.map(({ id, loss }) => [id, loss]));
  return [
    ...placed(
      [
        ['input', paintRgb(input)],
        ['input, spectrum', paintMap(inputSpectrum, viridis, 0, spectrumUpper)],
      ],
      first,
      y,
    ),
    ...radialItems({
      curves,
      colorOf: (key) => colorOf(lossOf.get(key) ?? first.loss),
      side,
      ...{ x: columnAt(2), y, width: 2 * panel + gap, height: panel },
    }),
  ];
};

const rowPictures = (
  row: FilledRow,
  y: number,
  { spectrum, difference }: ComparisonScales,
  residualUpper: number,
): FigurePicture[] => {
  const { output } = row.view;
  return placed(
    [
      ['reconstruction', paintRgb(output.reconstruction)],
      ['spectrum of the reconstruction', paintMap(output.reconstructionSpectrum, viridis, 0, spectrum)],
      ['residual', paintResidual(output.residual, residualUpper)],
      ['spectrum of the residual', paintMap(output.differenceSpectrum, viridis, 0, difference)],
    ],
    row,
    y,
  );
};

const rowLabel = (row: FilledRow, y: number, content: FigureContent): FigureItem[] => {
  const { output } = row.view;
  const own = ownSettings(
    row.config,
    content.rows.map(({ config }) => config),
  );
  const loss = lossLabels[row.loss];
  const beside = toVariationModelWords(row.difference);
  const lines = [
    ...(row.label === loss ? [] : [row.label]),
    ...epochLines(row),
    `score ${formatFigure(output.score, 4)}`,
    ...(row.auroc?.defined ? [`image AUROC ${row.auroc.value.toFixed(3)}`, ...row.aurocNotes] : []),
    ...(row.epochChoice === 'chosen-on-test' ? [`epoch ${epochChoiceWords[row.epochChoice]}`] : []),
    ...(row.auroc?.defined && beside !== undefined ? [beside] : []),
    ...own,
  ].flatMap((line) => wrapText(line, labelWidth, 10));
  const lineHeight = 14;
  const room = Math.floor((panel - 20) / lineHeight);
  return [
    { kind: 'swatch', x: margin, y: y + 1, size: 10, color: content.colorOf(row.loss) },
    text(margin + 16, y + 10, loss, { size: 12, bold: true }),
    ...lines
      .slice(0, room)
      .map((line, index) =>
        text(margin, y + 27 + index * lineHeight, line, { size: 10, color: index < 3 ? ink : quietInk }),
      ),
  ];
};

/**
 * Lays out one image through several runs, in a row each. The same content gives the same figure on any page.
 * @throws RangeError without a row
 */
export const figureLayout = (content: FigureContent): Figure => {
  const { category, path, rows, ownResidualScales } = content;
  if (rows.length === 0) throw new RangeError('A figure has at least one row, got none.');
  const scales = commonScales(rows);
  const title = `${category}: ${path}`;
  const items: FigureItem[] = [];
  let y = margin + 14;
  items.push(text(margin, y, cutText(title, width - 2 * margin, 15), { size: 15, bold: true }));
  const shared = sharedSettings(rows.map(({ config }) => config)).join(', ');
  for (const line of wrapText(shared, width - 2 * margin, 10)) {
    y += 15;
    items.push(text(margin, y, line, { size: 10, color: quietInk }));
  }
  y += 26;
  const heads = (names: readonly string[]): void => {
    for (const [column, head] of names.entries()) items.push(text(columnAt(column), y, head, { bold: true }));
    y += 8;
  };
  heads(inputHeads);
  items.push(...headItems(content, y, scales.spectrum));
  y += panel + 24;
  const maps = [...new Set(rows.map(({ config, view }) => scoreMapOf(config, view.output.calibrated).title))];
  heads(columnHeads(maps.length === 1 ? maps[0]! : 'Map of the score'));
  for (const row of rows) {
    const { residual, calibrated } = row.view.output;
    const upper = ownResidualScales ? largest(residual) : residualUpper(scales, row);
    items.push(...rowLabel(row, y, content), ...rowPictures(row, y, scales, upper));
    y += panel;
    if (ownResidualScales) {
      items.push(...residualBarAt(y + 5, upper, calibrated));
      y += barBlock;
    }
    y += gap;
  }
  items.push(
    ...spectrumBar({ x: columnAt(1), y, width: panel }, scales.spectrum, '|F|'),
    ...spectrumBar({ x: columnAt(3), y, width: panel }, scales.difference, '|F − F̂|'),
  );
  const kinds = new Set(rows.map(({ view }) => view.output.calibrated));
  if (!ownResidualScales) {
    for (const calibrated of kinds) {
      items.push(...residualBarAt(y, calibrated ? scales.calibrated : scales.residual, calibrated));
      y += barBlock;
    }
  } else y += barBlock;
  const caption =
    'Spectra: mean of |F| over the channels, natural logarithm, zero frequency in the middle, (a) to (d) on one scale, (f) on another. ' +
    'Curves: power of the residual over power of the image by radius; 1 means nothing learned, runs of one loss differ by their dash. ' +
    `(e) ${maps.every((map) => map.endsWith('esidual')) ? `Residual: ${residualInWords(kinds.has(false), kinds.has(true))}` : maps.join(' or ')}, square-root color scale, ${
      ownResidualScales ? 'scaled to itself.' : `the same for all rows${kinds.size > 1 ? ' of a kind' : ''}.`
    }`;
  for (const paragraph of [caption, ...differencesInWords(rows)]) {
    for (const line of wrapText(paragraph, width - 2 * margin, 9)) {
      y += 13;
      items.push(text(margin, y, line, { size: 9, color: quietInk }));
    }
    y += 3;
  }
  return { width, height: Math.ceil(y + margin), title, items };
};

/** File name without an ending: `bottle-test-broken_large-007-l2-wfdl-epoch-150`. */
export const figureName = ({ category, path, rows }: FigureContent): string => {
  const losses = [...new Set(rows.map(({ loss }) => loss))];
  const epochs = [...new Set(rows.map(({ view }) => view.output.epoch))];
  return [
    asFileName(category),
    asFileName(path.replace(/\.[a-z0-9]+$/i, '')),
    ...losses,
    `epoch-${epochs.join('-')}`,
  ].join('-');
};

/** Paragraphs of the caption; none if no run differs. */
const differencesInWords = (rows: readonly Pick<ComparisonRow, 'label' | 'paper'>[]): readonly string[] => {
  const lists = rows.map(({ paper }) => paper.differences);
  const shared = (lists[0] ?? []).filter((sentence) => lists.every((list) => list.includes(sentence)));
  const subject = rows.length > 1 ? 'Every run differs' : 'The run differs';
  return [
    ...(shared.length > 0 ? [`${subject} from the paper’s experiment: ${shared.join(' ')}`] : []),
    ...rows.flatMap(({ label, paper }) => {
      const own = paper.differences.filter((sentence) => !shared.includes(sentence));
      return own.length > 0 ? [`${label} differs from it: ${own.join(' ')}`] : [];
    }),
  ];
};
