/** Train, pause, step, stop, reset. */

import { useShallow } from 'zustand/react/shallow';
import type { AppState } from '#store/app-state.ts';
import { leadingStatus, losesWeights } from '#store/run/state.ts';
import { controlHints } from '../../shared/hints/control-hints.ts';
import { raceText } from '../../shared/race/planned-race.ts';
import { useActions, useApp, useAppStore } from '../../shared/store-context.ts';
import { blockedTransport } from '../../shared/transport/blocked-transport.ts';
import { trainTimeText } from '../../shared/transport/train-time.ts';
import { type TransportState, transportState } from '../../shared/transport/transport-state.ts';
import { useMainAction } from '../../shared/transport/use-main-action.ts';
import { usePauseQueue } from '../../shared/use-pause-queue.ts';
import { Button } from '../../ui/Button.tsx';
import { useConfirm } from '../../ui/ConfirmProvider.tsx';
import { PauseIcon, PlayIcon } from '../../ui/icons.tsx';
import { RaceButton } from './RaceButton.tsx';

const mainHints: Readonly<Record<TransportState['mainLabel'], string>> = {
  Train: 'Starts a run with these settings on the loaded images (Space).',
  'Train again': 'Starts a new run from new weights (Space).',
  Resume: 'Continues the paused run (Space).',
  Pause: 'Pauses after the current step. Nothing is lost (Space).',
};

const raceHint = 'Starts the planned race: all contestants train in turns (Space).';

const hasImages = ({ loaded, loading }: AppState['dataset']): boolean =>
  loaded !== undefined || loading !== undefined;

export const Transport = () => {
  const store = useAppStore();
  const { mainLabel, mainText } = useApp(
    useShallow(({ run, race, dataset }) => transportState(run, race, hasImages(dataset))),
  );
  // Its room stays while the race trains and pauses, so that no button moves.
  const race = useApp((state) => raceText(state.run.config, state.race.planned));
  const time = useApp(({ run }) => trainTimeText(run));
  const blocked = useApp(
    useShallow(({ run, race, dataset }) => blockedTransport(run, race, hasImages(dataset))),
  );
  const { run: actions } = useActions();
  const confirm = useConfirm();
  const pauseQueue = usePauseQueue();
  const pressMain = useMainAction();

  const pressStep = async (): Promise<void> => {
    if (await pauseQueue()) await actions.step();
  };

  const pressReset = async (): Promise<void> => {
    if (!(await pauseQueue())) return;
    const { run, race } = store.getState();
    const agreed =
      !losesWeights({ run, race }) ||
      (await confirm({
        title: 'Reset the run?',
        body: `This restores the initial weights of seed ${run.configured?.seed ?? run.config.seed}. The trained weights (${leadingStatus(run, race).step} steps) are not exported and will be lost.`,
        action: 'Reset',
      }));
    if (agreed) await actions.reset();
  };

  return (
    <fieldset className="transport">
      <legend className="visually-hidden">Training</legend>
      <Button
        tone="primary"
        hint={mainText === mainLabel ? mainHints[mainLabel] : raceHint}
        blocked={blocked.main}
        onClick={() => void pressMain()}
      >
        {mainLabel === 'Pause' ? <PauseIcon /> : <PlayIcon />}
        {/* One inline text, so that its parts are one name. */}
        <span>
          {race === undefined ? (
            mainText
          ) : (
            <span className="transport-race" data-room={race}>
              {mainText}
            </span>
          )}
          {time !== undefined && (
            // Its room stays while the run trains and pauses, so that no button moves.
            <span className="transport-time" data-reserved={mainLabel === 'Pause' || mainLabel === 'Resume'}>
              , {time}
            </span>
          )}
        </span>
      </Button>
      <RaceButton />
      <Button hint={controlHints.step} blocked={blocked.step} onClick={() => void pressStep()}>
        Step
      </Button>
      <Button
        hint="Ends the run here: evaluates the test images and finishes."
        blocked={blocked.stop}
        onClick={() => void actions.stop()}
      >
        Stop
      </Button>
      <Button
        hint="Back to the initial weights of the same seed."
        blocked={blocked.reset}
        onClick={() => void pressReset()}
      >
        Reset
      </Button>
    </fieldset>
  );
};
