/** The pages behind the switch in the header; all but the bench load when they are first opened. */
import { type ComponentType, lazy } from 'react';
import type { PageName } from '#store/view/state.ts';

export const pageLabels: Readonly<Record<PageName, string>> = {
  bench: 'Bench',
  figures: 'Figures',
  table: 'Table II',
  method: 'Method',
};

export const pageMeanings: Readonly<Record<PageName, string>> = {
  bench: 'Train a model and see what it misses.',
  figures: 'Frequencies of an image, and runs side by side.',
  table: 'Losses compared over many categories: Table II of the paper.',
  method: 'The equations, and how this page follows them.',
};

/** The font of the equations, without which the method's sections would move after one of them was scrolled to. */
const mathFont = (): Promise<unknown> =>
  document.fonts.load('16px "STIX Two Math"').catch((): undefined => undefined);

/** Component of each page that is not the bench. */
export const lazyPages: Readonly<Record<Exclude<PageName, 'bench'>, ComponentType>> = {
  figures: lazy(async () => ({ default: (await import('./FiguresPage.tsx')).FiguresPage })),
  table: lazy(async () => ({ default: (await import('../table/TablePage.tsx')).TablePage })),
  method: lazy(async () => {
    const [{ MethodPage }] = await Promise.all([import('./MethodPage.tsx'), mathFont()]);
    return { default: MethodPage };
  }),
};
