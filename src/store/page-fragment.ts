/** The fragment of the page's link: settings, place, and the script of the lecture. */
import { withLecture } from '#core/lecture-link.ts';
import type { AppState } from './app-state.ts';
import { missingRun } from './lecture/missing-run.ts';
import { bundledRunId } from './pair/state.ts';
import { linkFragment } from './run/run-link.ts';
import { type Place, placeOf, withPlace } from './view/place.ts';

/**
 * The run that a lecture is about, if the place names none: the missing one of the opened link, or the bundled pair. Another device
 * may have runs of its own.
 */
const lecturedPlace = (state: AppState, place: Place): Place => {
  const { lecture, pair } = state;
  if (place.run !== undefined || lecture.steps.length === 0) return place;
  return { ...place, run: missingRun(state)?.id ?? (pair.phase === 'shown' ? bundledRunId : undefined) };
};

/**
 * Returns the fragment without `#`.
 * @param place by default, the shown one
 */
export const pageFragment = (state: AppState, place: Place = placeOf(state)): string =>
  withLecture(withPlace(linkFragment(state), lecturedPlace(state, place)), state.lecture.steps);
