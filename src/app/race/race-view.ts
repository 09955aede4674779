/** What the race's place on the bench shows; outside React, so it survives a change of the page. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { shownStep } from '#store/lecture/state.ts';
import { useApp } from '../shared/store-context.ts';

export type RaceShown = 'image' | 'single';

interface RaceView {
  readonly shown: RaceShown;
  /** Id of the race that it was chosen for: another race shows its picture first. */
  readonly raceId: string | undefined;
}

const raceView = createStore<RaceView>()(() => ({ shown: 'image', raceId: undefined }));

/** The rows of the contestants have panels of their own; all others are on the bench of the first. */
const isOfRace = (panel: string): boolean => panel.startsWith('race-');

/** Returns the place with the panels of the lecture under way; undefined without one. */
const useShownInLecture = (): RaceShown | undefined =>
  useApp(({ lecture }) => {
    if (!lecture.running) return undefined;
    return shownStep(lecture)?.panels.some(isOfRace) ? 'image' : 'single';
  });

export const useRaceShown = (): {
  readonly shown: RaceShown;
  readonly show: (shown: RaceShown) => void;
} => {
  const raceId = useApp((state) => state.race.id);
  const chosen = useStore(raceView);
  const inLecture = useShownInLecture();
  return {
    shown: inLecture ?? (chosen.raceId === raceId ? chosen.shown : 'image'),
    show: (shown) => raceView.setState({ shown, raceId }),
  };
};
