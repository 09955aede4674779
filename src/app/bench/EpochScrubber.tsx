/** A slider through the reconstructions of past epochs, which can be played, and the way back to the latest. */
import { controlHints } from '../guide/control-hints.tsx';
import { useActions, useApp } from '../hooks/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { Hint } from '../ui/Hint.tsx';
import { PauseIcon, PlayIcon } from '../ui/icons.tsx';
import { RangeSlider } from '../ui/RangeSlider.tsx';
import { usePastEpoch } from './use-past-epoch.ts';
import { usePlayEpochs } from './use-play-epochs.ts';

/** Why there is nothing to go through; undefined where there is. */
const useReason = (keptCount: number): string | undefined => {
  const isTraining = useApp(
    ({ dataset, view }) =>
      view.selected !== undefined && dataset.loaded?.samples[view.selected]?.split === 'train',
  );
  const evaluations = useApp(({ run }) => run.history.evaluations.length);
  if (isTraining) return 'Past epochs are kept of test images only';
  if (keptCount >= 2) return undefined;
  if (keptCount === 0 && evaluations > 1) return 'Too many test images to keep past epochs in memory';
  return 'Past epochs come with further evaluations';
};

export const EpochScrubber = () => {
  const kept = useApp((state) => state.run.keptEvaluations);
  const pastStep = useApp((state) => state.view.pastStep);
  const { view } = useActions();
  const past = usePastEpoch();
  const reason = useReason(kept.length);
  const play = usePlayEpochs();
  const last = kept.length - 1;
  const found = kept.findIndex(({ step }) => step === pastStep);
  const position = found < 0 ? last : found;
  const epoch = kept[position]?.epoch;
  const latest = kept[last]?.epoch;
  const inWords = epoch === undefined ? '' : `epoch ${epoch} of ${latest}`;
  return (
    <div className="epoch-scrubber number" data-testid="epoch-scrubber" title={reason}>
      <Hint text={play.playing ? 'Stops playing.' : controlHints.play.text} side="top">
        <Button
          tone="bare"
          aria-label={play.playing ? 'Stop playing the epochs' : 'Play the epochs'}
          disabled={reason !== undefined}
          onClick={play.toggle}
        >
          {play.playing ? <PauseIcon /> : <PlayIcon />}
        </Button>
      </Hint>
      <RangeSlider
        label="Reconstruction as of epoch"
        hint={controlHints.scrubber}
        value={Math.max(0, position)}
        minimum={0}
        maximum={Math.max(1, last)}
        step={1}
        valueText={inWords}
        disabled={reason !== undefined}
        onChange={(index) => {
          play.stop();
          void view.scrub(kept[index]?.step);
        }}
      />
      <span className="epoch-scrubber-text" data-past={past !== undefined}>
        {reason ?? inWords}
      </span>
      {reason === undefined && (
        <Hint {...controlHints.latest} side="top">
          <Button
            tone="bare"
            disabled={pastStep === undefined}
            onClick={() => {
              play.stop();
              void view.scrub(undefined);
            }}
          >
            Latest
          </Button>
        </Hint>
      )}
    </div>
  );
};
