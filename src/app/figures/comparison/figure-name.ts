/** Names of exported figures: they say what is in them. */
import type { FigureContent } from './figure-layout.ts';

/** A text in lower case and hyphens. */
export const asFileName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, '-')
    .replace(/^-+|-+$/g, '');

/** `bottle-test-broken_large-007-l2-wfdl-epoch-150`, without an ending. */
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
