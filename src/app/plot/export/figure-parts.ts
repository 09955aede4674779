/** The parts that exported figures of images share: inks, text, color bars, paragraphs. Lengths are in CSS pixels. */
import type { ColorTable } from '../../image/color-map.ts';
import { type FigureItem, type FigureText, figureText } from './figure.ts';
import { wrapText } from './text-width.ts';

export const ink = '#1c1d1a';
export const quietInk = '#5d5f58';

export const text = (x: number, y: number, content: string, look: Partial<FigureText> = {}): FigureText =>
  figureText(x, y, content, { size: 11, color: ink, ...look });

interface LinePlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** A color bar with the text of its ends and its middle below. */
export const colorBar = (
  { x, y, width }: LinePlace,
  table: ColorTable,
  [left, middle, right]: readonly [string, string, string],
): FigureItem[] => {
  const below = y + 19;
  const small = { size: 9, color: quietInk } as const;
  return [
    { kind: 'bar', x, y, width, height: 8, table },
    text(x, below, left, small),
    text(x + width / 2, below, middle, { ...small, anchor: 'middle' }),
    text(x + width, below, right, { ...small, anchor: 'end' }),
  ];
};

/** Sentences in a paragraph each, below one another, and the baseline of the last line. */
export const paragraphs = (
  sentences: readonly string[],
  { x, y: from, width }: LinePlace,
): { readonly items: FigureItem[]; readonly y: number } => {
  let y = from;
  const items = sentences.flatMap((sentence) =>
    wrapText(sentence, width, 10).map((line) => {
      y += 14;
      return text(x, y, line, { size: 10, color: quietInk });
    }),
  );
  return { items, y };
};
