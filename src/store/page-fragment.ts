/** The fragment of the page's link: settings, place, and the script of the lecture. */
import { withLecture } from '#core/lecture-link.ts';
import type { AppState } from './app-state.ts';
import { linkFragment } from './run/run-link.ts';
import { type Place, placeOf, withPlace } from './view/place.ts';

/**
 * Returns the fragment without `#`.
 * @param place by default, the shown one
 */
export const pageFragment = (state: AppState, place: Place = placeOf(state)): string =>
  withLecture(withPlace(linkFragment(state), place), state.lecture.steps);
