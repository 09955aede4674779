/** Train, pause, step, stop, reset. */

import { useShallow } from 'zustand/react/shallow';
import { hasUnsavedWeights } from '#store/run-state.ts';
import { useConfirm } from '../dialogs/confirm-context.ts';
import { useActions, useApp, useAppStore } from '../hooks/store-context.ts';
import { usePauseQueue } from '../hooks/use-pause-queue.ts';
import { Button } from '../ui/Button.tsx';
import { Hint } from '../ui/Hint.tsx';
import { PauseIcon, PlayIcon } from '../ui/icons.tsx';
import { type TransportState, transportState } from './transport-state.ts';
import { useMainAction } from './use-main-action.ts';

const mainHints: Readonly<Record<TransportState['mainLabel'], string>> = {
  Train: 'Starts a run with these settings on the loaded images (Space).',
  'Train again': 'Starts a new run from new weights (Space).',
  Resume: 'Goes on where the run was paused (Space).',
  Pause: 'Pauses after the present step; nothing is lost (Space).',
};

export const Transport = () => {
  const store = useAppStore();
  const { mainLabel, canMain, canStep, canStop, canReset } = useApp(
    useShallow(({ run, dataset }) =>
      transportState(run, dataset.loaded !== undefined || dataset.loading !== undefined),
    ),
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
    const { run } = store.getState();
    const agreed =
      !hasUnsavedWeights(run) ||
      (await confirm({
        title: 'Reset the run?',
        body: `The model goes back to the initial weights of seed ${run.configured?.seed ?? run.config.seed}. The trained weights (${run.status.step} steps) are not exported and would be lost.`,
        action: 'Reset',
      }));
    if (agreed) await actions.reset();
  };

  return (
    <fieldset className="transport">
      <legend className="visually-hidden">Training</legend>
      <Hint text={mainHints[mainLabel]} side="bottom">
        <Button tone="primary" disabled={!canMain} onClick={() => void pressMain()}>
          {mainLabel === 'Pause' ? <PauseIcon /> : <PlayIcon />}
          {mainLabel}
        </Button>
      </Hint>
      <Hint text="One optimiser step, then the shown image is reconstructed." side="bottom">
        <Button disabled={!canStep} onClick={() => void pressStep()}>
          Step
        </Button>
      </Hint>
      <Hint text="Ends the run here: evaluates the test images and finishes." side="bottom">
        <Button disabled={!canStop} onClick={() => void actions.stop()}>
          Stop
        </Button>
      </Hint>
      <Hint text="Back to the initial weights of the same seed." side="bottom">
        <Button disabled={!canReset} onClick={() => void pressReset()}>
          Reset
        </Button>
      </Hint>
    </fieldset>
  );
};
