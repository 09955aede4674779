/** The tour, on driver.js; loaded when it first starts. */
import { driver } from 'driver.js';
import 'driver.js/dist/driver.css';
import './tour.css';
import { tourStops } from './tour-steps.ts';

const isShown = (element: Element | undefined): element is Element =>
  element !== undefined && element.getClientRects().length > 0;

/** Starts the tour over the visible parts of the page. Escape, its cross, or a click beside it ends it. */
export const runTour = (): void => {
  const returnTo = document.activeElement;
  const stops = tourStops.filter(({ find }) => isShown(find()));
  const lessMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;
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
    onPopoverRender: ({ closeButton, arrow, title, nextButton }) => {
      closeButton.setAttribute('aria-label', 'End the tour');
      arrow.setAttribute('aria-hidden', 'true');
      // A heading here would break the order of the page's headings.
      title.setAttribute('role', 'presentation');
      // The popover is placed in the next frame.
      requestAnimationFrame(() => nextButton.focus({ preventScroll: true }));
    },
    onDestroyed: () => {
      if (returnTo instanceof HTMLElement) returnTo.focus({ preventScroll: true });
    },
    steps: stops.map(({ title, text, find }) => ({
      element: () => find() ?? document.body,
      popover: { title, description: text },
    })),
  }).drive();
};
