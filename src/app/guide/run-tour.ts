/** The tour, on driver.js; loaded when it first starts. */
import { type Driver, driver } from 'driver.js';
import type { PageName } from '#store/view/state.ts';
import 'driver.js/dist/driver.css';
import './tour.css';
import { drawn, openTabOf, rememberPlace } from './tour-place.ts';
import { type TourStop, tourStops } from './tour-steps.ts';

/** Another page may load when the tour first visits it. */
const longestWaitMs = 4000;

/** Folded sections and panels are left out; a tab of a narrow page is opened. */
const canBeShown = ({ page, find }: TourStop): boolean => {
  const element = find();
  return (
    page !== undefined ||
    (element !== undefined &&
      (element.getClientRects().length > 0 || element.closest('[role=tabpanel][hidden]') !== null))
  );
};

/**
 * Starts the tour over the parts of the page that can be shown. Escape, its cross, or a click beside it ends it; then the page
 * is as it was before.
 * @param page the page to return to
 */
export const runTour = (page: PageName, showPage: (page: PageName) => void): void => {
  const restore = rememberPlace(page, showPage);
  const stops = tourStops.filter(canBeShown);
  const lessMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const go = async (tour: Driver, by: 1 | -1): Promise<void> => {
    const index = (tour.getActiveIndex() ?? 0) + by;
    const stop = stops[index];
    if (!stop) {
      if (by > 0) tour.destroy();
      return;
    }
    showPage(stop.page ?? 'bench');
    await drawn();
    openTabOf(stop.find());
    await drawn();
    // The user may have ended the tour meanwhile.
    if (tour.isActive()) tour.moveTo(index);
  };
  openTabOf(stops[0]?.find());
  driver({
    animate: !lessMotion,
    smoothScroll: !lessMotion,
    showProgress: true,
    progressText: '{{current}} of {{total}}',
    nextBtnText: 'Next',
    prevBtnText: 'Back',
    doneBtnText: 'Done',
    popoverClass: 'tour',
    stagePadding: 4,
    stageRadius: 8,
    overlayOpacity: 0.55,
    disableActiveInteraction: true,
    waitForElement: longestWaitMs,
    onNextClick: (_element, _step, { driver: tour }) => void go(tour, 1),
    onPrevClick: (_element, _step, { driver: tour }) => void go(tour, -1),
    onPopoverRender: ({ closeButton, arrow, title, nextButton }) => {
      closeButton.setAttribute('aria-label', 'End the tour');
      arrow.setAttribute('aria-hidden', 'true');
      // A heading here would break the order of the page's headings.
      title.setAttribute('role', 'presentation');
      // The popover is placed in the next frame.
      requestAnimationFrame(() => nextButton.focus({ preventScroll: true }));
    },
    onDestroyed: () => void restore(),
    steps: stops.map(({ title, text, find }) => ({
      // Undefined until the page of the stop is there: driver.js waits for it.
      element: () => find() as Element,
      popover: { title, description: text },
    })),
  }).drive();
};
