/** What training does to the rest of the machine: the tab's title and icon count, and the screen stays on. */
import { useEffect } from 'react';
import { useApp } from '../../shared/store-context.ts';
import { pageTitle } from './page-title.ts';
import { useFavicon } from './use-favicon.ts';

const usePageTitle = (): void => {
  const title = useApp((state) => pageTitle(state.run.status));
  useEffect(() => {
    document.title = title;
  }, [title]);
};

/** Machines that sleep stop training. The browser lets go of the lock when the tab is hidden, so it is asked for again. */
const useWakeLock = (): void => {
  const running = useApp((state) => state.run.status.phase === 'running');
  useEffect(() => {
    if (!running || !('wakeLock' in navigator)) return;
    let lock: Promise<WakeLockSentinel | undefined> | undefined;
    const request = (): void => {
      if (document.visibilityState !== 'visible') return;
      // Refused on low battery: training goes on without it.
      lock = navigator.wakeLock.request('screen').catch(() => undefined);
    };
    request();
    document.addEventListener('visibilitychange', request);
    return () => {
      document.removeEventListener('visibilitychange', request);
      void lock?.then((held) => held?.release());
    };
  }, [running]);
};

export const useTrainingSigns = (): void => {
  usePageTitle();
  useFavicon();
  useWakeLock();
};
