/** The tabs of a narrow window. */

export const allTabs = ['images', 'gallery', 'settings', 'results'] as const;
export type NarrowTab = (typeof allTabs)[number];

export const tabLabels: Readonly<Record<NarrowTab, string>> = {
  images: 'Images',
  gallery: 'Gallery',
  settings: 'Settings',
  results: 'Results',
};

export const tabHints: Readonly<Record<NarrowTab, string>> = {
  images: 'The chosen image, its reconstruction and residual, and their spectra.',
  gallery: 'All images, by score. A tap shows one under Images.',
  settings: 'Data, objective, training, score and device.',
  results: 'AUROC, loss, metrics, threshold, runs and spectra.',
};

/**
 * Returns the tabs of a window.
 * @param isSmall without room for the settings beside another section, and for the gallery below the images
 */
export const narrowTabs = (isSmall: boolean): readonly NarrowTab[] =>
  isSmall ? allTabs : ['images', 'results'];

/**
 * Returns where the window scrolls after a change of the tab, in CSS pixels.
 * @param now the present offset
 * @param start offset at which the strip of the tabs reaches the top
 * @param last offset when the tab was last left; undefined if it was not shown yet
 */
export const offsetAfterChange = (now: number, start: number, last: number | undefined): number => {
  const atStart = Math.min(now, start);
  // Above the strip, the page's head is in view, and the same for all tabs. Browsers round the offset to their pixels.
  return last === undefined || now < start - 1 ? atStart : Math.max(last, start);
};
