/** The stops of the tour: the place and the text of each. */
import type { PageName } from '#store/view/state.ts';

export interface TourStop {
  readonly title: string;
  readonly text: string;
  /** The page of the stop; undefined for the bench. */
  readonly page?: PageName;
  /** Finds the explained element; a stop without one is skipped. */
  readonly find: () => Element | undefined;
}

const bySelector = (selector: string) => (): Element | undefined =>
  document.querySelector(selector) ?? undefined;

/** Finds a region by its accessible name: layouts and class names may change. */
const byName =
  (...names: readonly string[]) =>
  (): Element | undefined =>
    [...document.querySelectorAll('section')].find((section) => {
      const labelledBy = section.getAttribute('aria-labelledby');
      const label = labelledBy
        ? document.getElementById(labelledBy)?.textContent
        : section.getAttribute('aria-label');
      // Some titles have a count after them.
      return names.some((name) => label?.trim().match(`^${name}\\d*$`));
    });

export const tourStops: readonly TourStop[] = [
  {
    title: 'Data',
    text: 'A sample category is loaded. To use your own, drop a category folder of MVTec AD (train/good, test/…, ground_truth/…) anywhere on the page. Images never leave this machine.',
    find: byName('Data'),
  },
  {
    title: 'Objective',
    text: 'The loss that training minimizes. WFDL, Eq. 8, weights each frequency by w(u, v). Every control has a hint, many with an equation: hover or focus the control, or tap its name.',
    find: byName('Objective'),
  },
  {
    title: 'Train',
    text: 'Starts a run on this device, as does the space bar. You can change settings before and after a run; Ctrl Z undoes a change.',
    find: bySelector('.transport'),
  },
  {
    title: 'Image bench',
    text: 'One image with its reconstruction and residual, and their spectra below. Point at a panel: the crosshair marks the same place in all of them.',
    find: byName('Image bench', 'Race bench'),
  },
  {
    title: 'Gallery',
    text: 'All images, sorted by score. The bench shows the chosen one; the arrow keys choose the next.',
    find: byName('Gallery'),
  },
  {
    title: 'Image AUROC',
    text: 'How well the scores tell anomalous images from good ones, epoch by epoch: 0.5 is chance, 1 is perfect. The lines across are baselines without a network.',
    find: byName('Image AUROC'),
  },
  {
    title: 'Decision',
    text: 'How well the scores separate good from anomalous images, and the images caught and missed at a threshold.',
    find: byName('Decision', 'Scores'),
  },
  {
    title: 'Spectrum: residual by frequency',
    text: 'The page Spectrum shows what is left to learn: the residual at each frequency, as a share of the image. 1 means nothing learned. The curve moves with the epoch.',
    page: 'spectrum',
    find: byName('Residual by frequency'),
  },
  {
    title: 'Spectrum: epoch by epoch',
    text: 'The same over all epochs: low frequencies are learned first. A race of two losses shows which frequencies each one reaches, and when.',
    page: 'spectrum',
    find: byName('Learned frequencies over the epochs'),
  },
  {
    title: 'Runs',
    text: 'Finished runs are retained in this browser with their settings and weights. Check some to overlay their curves.',
    find: byName('Runs'),
  },
  {
    title: 'Export and share',
    text: 'Export saves weights, settings and history as files. Copy link copies a link to these settings. This tour is under the question mark.',
    find: bySelector('.header-end'),
  },
];
