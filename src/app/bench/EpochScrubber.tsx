/** A slider through the reconstructions of past epochs, with buttons to play them and to return to the latest. */

import { useEffect, useState } from 'react';
import { controlHints } from '../shared/hints/control-hints.ts';
import { useActions, useApp, useAppStore } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { Hint } from '../ui/Hint.tsx';
import { PauseIcon, PlayIcon } from '../ui/icons.tsx';
import { RangeSlider } from '../ui/RangeSlider.tsx';
import { usePastAuroc, usePastEpoch } from './use-shown-sample.ts';

const pauseMs = 180;
/** For users who prefer reduced motion: slow enough to be seen as separate pictures. */
const calmPauseMs = 1000;

interface Playback {
  readonly playing: boolean;
  toggle(): void;
  stop(): void;
}

/** Plays the past evaluations from the chosen one, or from the first, to the latest. */
const usePlayEpochs = (): Playback => {
  const [playing, setPlaying] = useState(false);
  const store = useAppStore();
  const { view } = useActions();
  useEffect(() => {
    if (!playing) return;
    const pause = matchMedia('(prefers-reduced-motion: reduce)').matches ? calmPauseMs : pauseMs;
    let ended = false;
    const play = async (): Promise<void> => {
      const first = store.getState().run.pastEvaluations[0];
      if (store.getState().view.pastStep === undefined) await view.scrub(first?.step);
      while (!ended) {
        await new Promise((resolve) => setTimeout(resolve, pause));
        const { pastStep } = store.getState().view;
        if (ended || pastStep === undefined) break;
        await view.scrub(store.getState().run.pastEvaluations.find(({ step }) => step > pastStep)?.step);
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

/** Why there are no past epochs to show; undefined if there are. */
const useReason = (pastCount: number): string | undefined => {
  const isTraining = useApp(
    ({ dataset, view }) =>
      view.selected !== undefined && dataset.loaded?.samples[view.selected]?.split === 'train',
  );
  const evaluations = useApp(({ run }) => run.history.evaluations.length);
  if (isTraining) return 'Past epochs show test images only';
  if (pastCount >= 2) return undefined;
  if (pastCount === 0 && evaluations > 1) return 'No memory for past epochs';
  return 'Past epochs need two evaluations';
};

export const EpochScrubber = () => {
  const evaluations = useApp((state) => state.run.pastEvaluations);
  const pastStep = useApp((state) => state.view.pastStep);
  const { view } = useActions();
  const past = usePastEpoch();
  const pastAuroc = usePastAuroc();
  const reason = useReason(evaluations.length);
  const blocked = reason && `${reason}.`;
  const play = usePlayEpochs();
  const last = evaluations.length - 1;
  const found = evaluations.findIndex(({ step }) => step === pastStep);
  const position = found < 0 ? last : found;
  const epoch = evaluations[position]?.epoch;
  const latest = evaluations[last]?.epoch;
  const inWords = epoch === undefined ? '' : `epoch ${epoch} of ${latest}`;
  return (
    <div className="epoch-scrubber number" data-testid="epoch-scrubber">
      <Button
        tone="bare"
        hint={play.playing ? 'Stops playing.' : controlHints.play}
        hintSide="top"
        blocked={blocked}
        aria-label={play.playing ? 'Stop playing the epochs' : 'Play the epochs'}
        onClick={play.toggle}
      >
        {play.playing ? <PauseIcon /> : <PlayIcon />}
      </Button>
      <RangeSlider
        label="Reconstruction as of epoch"
        hint={controlHints.scrubber}
        value={Math.max(0, position)}
        minimum={0}
        maximum={Math.max(1, last)}
        step={1}
        valueText={inWords}
        blocked={blocked}
        onChange={(index) => {
          play.stop();
          void view.scrub(evaluations[index]?.step);
        }}
      />
      <span className="epoch-scrubber-text" data-past={past !== undefined}>
        {reason ?? inWords}
      </span>
      {pastAuroc !== undefined && (
        <Hint {...controlHints.chosenOnTest} side="top">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach its hint */}
          <span className="epoch-scrubber-auroc" tabIndex={0} data-testid="past-auroc">
            AUROC {pastAuroc}, chosen on test
          </span>
        </Hint>
      )}
      {reason === undefined && (
        <Button
          tone="bare"
          hint={controlHints.latest}
          hintSide="top"
          blocked={pastStep === undefined ? 'This is the latest evaluation.' : undefined}
          onClick={() => {
            play.stop();
            void view.scrub(undefined);
          }}
        >
          Latest
        </Button>
      )}
    </div>
  );
};
