/** Goes through the kept epochs one after the other, from the chosen one or from the first, and ends at the latest. */
import { useEffect, useState } from 'react';
import { useActions, useAppStore } from '../shared/store-context.ts';

const pauseMs = 180;
/** For those who asked for less motion: slow enough to be a row of pictures. */
const calmPauseMs = 1000;

interface Playback {
  readonly playing: boolean;
  toggle(): void;
  stop(): void;
}

export const usePlayEpochs = (): Playback => {
  const [playing, setPlaying] = useState(false);
  const store = useAppStore();
  const { view } = useActions();
  useEffect(() => {
    if (!playing) return;
    const pause = matchMedia('(prefers-reduced-motion: reduce)').matches ? calmPauseMs : pauseMs;
    let ended = false;
    const play = async (): Promise<void> => {
      const first = store.getState().run.keptEvaluations[0];
      if (store.getState().view.pastStep === undefined) await view.scrub(first?.step);
      while (!ended) {
        await new Promise((resolve) => setTimeout(resolve, pause));
        const { pastStep } = store.getState().view;
        if (ended || pastStep === undefined) break;
        await view.scrub(store.getState().run.keptEvaluations.find(({ step }) => step > pastStep)?.step);
      }
      if (!ended) setPlaying(false);
    };
    void play();
    return () => {
      ended = true;
    };
  }, [playing, store, view]);
  return { playing, toggle: () => setPlaying(!playing), stop: () => setPlaying(false) };
};
