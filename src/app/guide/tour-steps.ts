/** The stops of the tour: where each is on the page, and what it says. */

export interface TourStop {
  readonly title: string;
  readonly text: string;
  /** Finds what is shown; undefined where it is not on the page, and the stop is left out. */
  readonly find: () => Element | undefined;
}

const bySelector = (selector: string) => (): Element | undefined =>
  document.querySelector(selector) ?? undefined;

/** A region of the page by its name, as assistive technology finds it: layouts and class names may change. */
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
    text: 'A sample category is loaded. Drop a category folder of MVTec AD (train/good, test/…, ground_truth/…) anywhere on the page to use your own. Images never leave this machine.',
    find: byName('Data'),
  },
  {
    title: 'Objective',
    text: 'What training minimizes. WFDL, Eq. 8, weighs each frequency by w(u, v). Every control has a hint with its equation: hover, focus, or tap its name.',
    find: byName('Objective'),
  },
  {
    title: 'Train',
    text: 'Starts a run on this device; the space bar does the same. Settings can be changed before and after it, and undone with Ctrl Z.',
    find: bySelector('.transport'),
  },
  {
    title: 'Image bench',
    text: 'One image with its reconstruction and residual, and their spectra below. Point at a panel: one crosshair reads all of them.',
    find: byName('Image bench'),
  },
  {
    title: 'Gallery',
    text: 'All images by score. The chosen one drives the bench; the arrow keys walk on from there.',
    find: byName('Gallery'),
  },
  {
    title: 'Decision',
    text: 'How well the scores tell good from anomalous images, and what a threshold would catch and miss.',
    find: byName('Decision', 'Scores'),
  },
  {
    title: 'Runs',
    text: 'Finished runs are kept in this browser with their settings and weights. Tick some to lay their curves over each other.',
    find: byName('Runs'),
  },
  {
    title: 'Take it away',
    text: 'Export saves weights, settings and history as files; Copy link gives these settings to somebody else. This tour is under the question mark.',
    find: bySelector('.header-end'),
  },
];
