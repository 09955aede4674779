/** The pages; all but the bench load when first opened. */
import { type ComponentType, lazy } from 'react';
import type { PageName } from '#store/view/state.ts';

export const pageLabels: Readonly<Record<PageName, string>> = {
  bench: 'Bench',
  spectrum: 'Spectrum',
  figures: 'Figures',
  table: 'Table II',
  method: 'Method',
};

export const pageMeanings: Readonly<Record<PageName, string>> = {
  bench: 'Train a model and inspect its errors.',
  spectrum: 'See which frequencies a run has learned, epoch by epoch.',
  figures: 'Filter an image, and compare runs side by side.',
  table: 'Compare losses over many categories, as in Table II of the paper.',
  method: 'The equations, and how this page implements them.',
};

/** The font of the equations: if it loaded later, the method's sections would move after a scroll to one of them. */
const mathFont = (): Promise<unknown> =>
  document.fonts.load('16px "STIX Two Math"').catch((): undefined => undefined);

/** Components of the pages other than the bench. */
export const lazyPages: Readonly<Record<Exclude<PageName, 'bench'>, ComponentType>> = {
  spectrum: lazy(async () => ({ default: (await import('./SpectrumPage.tsx')).SpectrumPage })),
  figures: lazy(async () => ({ default: (await import('./FiguresPage.tsx')).FiguresPage })),
  table: lazy(async () => ({ default: (await import('../table/TablePage.tsx')).TablePage })),
  method: lazy(async () => {
    const [{ MethodPage }] = await Promise.all([import('./MethodPage.tsx'), mathFont()]);
    return { default: MethodPage };
  }),
};
