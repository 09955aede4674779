/** What the race's place on the bench shows; outside React, so it survives a change of the page. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { useApp } from '../shared/store-context.ts';

export type RaceShown = 'image' | 'single';

interface RaceView {
  readonly shown: RaceShown;
  /** Id of the race that it was chosen for: another race shows its picture first. */
  readonly raceId: string | undefined;
}

const raceView = createStore<RaceView>()(() => ({ shown: 'image', raceId: undefined }));

export const useRaceShown = (): {
  readonly shown: RaceShown;
  readonly show: (shown: RaceShown) => void;
} => {
  const raceId = useApp((state) => state.race.id);
  const chosen = useStore(raceView);
  return {
    shown: chosen.raceId === raceId ? chosen.shown : 'image',
    show: (shown) => raceView.setState({ shown, raceId }),
  };
};
