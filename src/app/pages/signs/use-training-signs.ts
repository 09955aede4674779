/** The effects of training outside the page: the tab's title and icon show progress, and the screen stays on. */
import { useEffect, useState } from 'react';
import type { AppState } from '#store/app-state.ts';
import { presentStopped } from '#store/run/present-length.ts';
import { leadingStatus, overallPhase } from '#store/run/state.ts';
import { useApp } from '../../shared/store-context.ts';
import { useThrottled } from '../../shared/use-throttled.ts';
import { type IconSign, pageTitle, progressIcon, shareDone } from './training-signs.ts';

/** Browsers redraw tabs lazily, and decode each icon again. */
const iconIntervalMs = 1000;

const ownIcon = '/icon.svg';

const signOf = ({ run, race }: AppState): IconSign => {
  const status = leadingStatus(run, race);
  if (status.phase === 'running' || status.phase === 'paused') return Math.floor(100 * shareDone(status));
  if (status.phase === 'failed') return 'failed';
  return status.phase === 'finished' ? 'done' : 'own';
};

/** Whether the tab has been in front since the sign last changed. */
const useSeen = (sign: IconSign): boolean => {
  const [seen, setSeen] = useState<IconSign>();
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === 'visible') setSeen(sign);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [sign]);
  return seen === sign;
};

/** The tab's icon follows the run; after the run, the icon shows its outcome until the user has looked at the tab. */
const useFavicon = (): void => {
  const sign = useThrottled(signOf, iconIntervalMs);
  const over = sign === 'done' || sign === 'failed';
  const seen = useSeen(sign);
  const href = progressIcon(over && seen ? 'own' : sign, ownIcon);
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (link && link.getAttribute('href') !== href) link.href = href;
  }, [href]);
};

const usePageTitle = (): void => {
  const title = useApp((state) =>
    pageTitle(leadingStatus(state.run, state.race), presentStopped(state) !== undefined),
  );
  useEffect(() => {
    document.title = title;
  }, [title]);
};

/** Sleep would stop training. The browser releases the lock when the tab is hidden, so we request it again. */
const useWakeLock = (): void => {
  const running = useApp((state) => overallPhase(state.run, state.race) === 'running');
  useEffect(() => {
    if (!running || !('wakeLock' in navigator)) return;
    let lock: Promise<WakeLockSentinel | undefined> | undefined;
    const request = (): void => {
      if (document.visibilityState !== 'visible') return;
      // The browser refuses on low battery: training continues without the lock.
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
