/**
 * The card of the first visit: the finished race of two runs or the loaded data, and the first steps. It disappears for good after
 * training or when closed.
 */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { controlHints } from '../shared/hints/control-hints.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { blockedTransport } from '../shared/transport/blocked-transport.ts';
import { transportState } from '../shared/transport/transport-state.ts';
import { useMainAction } from '../shared/transport/use-main-action.ts';
import { useOpen } from '../shared/use-open.ts';
import { Button } from '../ui/Button.tsx';
import { CloseIcon, PlayIcon } from '../ui/icons.tsx';
import { OpenButton } from '../ui/OpenButton.tsx';
import { endWelcome, guide, useTour } from './guide-state.ts';
import './guide.css';

const ownHint = 'Removes the finished race, and trains WFDL again from its initial weights.';
const dismissHint = 'Removes the finished race and closes the first steps. The tour remains under Help.';

export const Welcome = () => {
  const welcomed = useStore(guide, (state) => state.welcomed);
  const name = useApp((state) => state.dataset.loaded?.category.name ?? state.dataset.loading?.name);
  const onBench = useApp((state) => state.view.page === 'bench');
  const pair = useApp((state) => state.pair.phase);
  const trained = useApp((state) => state.run.status.step > 0 && state.pair.phase === 'none');
  const blocked = useApp(
    ({ run, race, dataset: { loaded, loading } }) =>
      blockedTransport(run, race, loaded !== undefined || loading !== undefined).main,
  );
  const mainText = useApp(({ run, race }) => transportState(run, race, true).mainText);
  const races = useApp((state) => state.race.planned.length > 0);
  const open = useOpen();
  const train = useMainAction();
  const startTour = useTour();
  const actions = useActions();
  const close = (): void => {
    void actions.pair.dismiss();
    endWelcome();
  };
  useEffect(() => {
    if (trained) endWelcome();
  }, [trained]);
  if (welcomed || trained || !onBench) return null;
  return (
    <section className="welcome" aria-label="First steps">
      {pair === 'shown' ? (
        <p>
          <b>A finished race on the sample</b>, WFDL and L2 on one clock: drag the epoch slider and watch fine
          detail come last.
        </p>
      ) : (
        <p>
          {name === undefined ? (
            <b>No images are loaded.</b>
          ) : (
            <>
              <b>{name}</b> is loaded: <b>press Train</b>.
            </>
          )}{' '}
          <span className="quiet">
            Or drop a category folder of MVTec AD (train/good, test/…) anywhere on this page.
          </span>
        </p>
      )}
      <div className="welcome-buttons">
        <Button
          tone="primary"
          hint={pair === 'shown' ? ownHint : 'Starts a run with the current settings.'}
          blocked={blocked}
          onClick={() => void train()}
        >
          <PlayIcon />
          {pair === 'shown' ? 'Train it yourself' : races ? mainText : `Train on ${name ?? 'images'}`}
        </Button>
        <OpenButton
          label="Your category folder"
          hint={controlHints.openFolder.text}
          testId="welcome-folder-input"
          onFiles={open.images}
        >
          Your own images
        </OpenButton>
        <Button hint="Explains the parts of the page in a minute." onClick={() => void startTour()}>
          Take the tour
        </Button>
        <Button
          tone="bare"
          aria-label="Close the first steps"
          hint={pair === 'shown' ? dismissHint : 'Closes the first steps. The tour remains under Help.'}
          onClick={close}
        >
          <CloseIcon />
        </Button>
      </div>
    </section>
  );
};
