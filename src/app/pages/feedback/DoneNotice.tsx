/** The notice at the end of training: on the page, and as a system notification if the user asked for it and the tab is hidden. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { overallPhase } from '#store/run/state.ts';
import { canNotify, guide, setNotify } from '../../guide/guide-state.ts';
import { useAppStore } from '../../shared/store-context.ts';
import { Button } from '../../ui/Button.tsx';
import { CloseIcon } from '../../ui/icons.tsx';
import { createRunWatch, type RunOver } from './run-watch.ts';
import './feedback.css';

/** Long enough to read the notice twice; the header and the metrics show the same later. */
const shownMs = 20_000;

const tellSystem = ({ title, detail }: RunOver): void => {
  if (!guide.getState().notify || document.visibilityState === 'visible') return;
  try {
    const notification = new Notification(`Residua: ${title}`, {
      body: detail,
      icon: new URL('icon.svg', document.baseURI).href,
      tag: 'residua',
    });
    notification.onclick = () => window.focus();
  } catch {
    // Browsers on phones notify from service workers only; the notice on the page remains.
    return;
  }
};

export const DoneNotice = () => {
  const store = useAppStore();
  const notify = useStore(guide, (state) => state.notify);
  const [over, setOver] = useState<RunOver>();
  useEffect(() => {
    const watch = createRunWatch(() => performance.now());
    return store.subscribe((state, before) => {
      const ended = watch(state, before);
      if (ended) {
        setOver(ended);
        tellSystem(ended);
      } else if (
        overallPhase(state.run, state.race) === 'running' &&
        overallPhase(before.run, before.race) !== 'running'
      ) {
        setOver(undefined);
      }
    });
  }, [store]);
  useEffect(() => {
    if (!over) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // The time starts when the tab is visible.
    const wait = (): void => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') timer = setTimeout(() => setOver(undefined), shownMs);
    };
    wait();
    document.addEventListener('visibilitychange', wait);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', wait);
    };
  }, [over]);
  return (
    <div className="done-notice-place">
      {/* In the document before its text: screen readers announce only text that is added to it. */}
      <div role="status">
        {over && (
          <div className="done-notice number" data-failed={over.failed} data-testid="done-notice">
            <p>
              <b>{over.title}</b> <span>{over.detail}</span>
            </p>
            {!notify && canNotify() && (
              <Button
                tone="bare"
                hint="By a notification of the system, while this tab is in the background."
                hintSide="top"
                onClick={() => void setNotify(true)}
              >
                Notify me next time
              </Button>
            )}
            <Button
              tone="bare"
              aria-label="Close the notice"
              hint="Closes the notice."
              hintSide="top"
              onClick={() => setOver(undefined)}
            >
              <CloseIcon />
            </Button>
          </div>
        )}
      </div>
    </div>
  );
};
