/** The tab's icon follows the run; once it is over, the icon says so until the tab has been looked at. */
import { useEffect, useState } from 'react';
import type { AppState } from '#store/app-state.ts';
import { useThrottled } from '../../shared/use-throttled.ts';
import { shareDone } from './page-title.ts';
import { type IconSign, progressIcon } from './progress-icon.ts';

/** Browsers redraw tabs lazily, and each icon is decoded anew. */
const iconIntervalMs = 1000;

const ownIcon = '/icon.svg';

const signOf = ({ run: { status } }: AppState): IconSign => {
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

export const useFavicon = (): void => {
  const sign = useThrottled(signOf, iconIntervalMs);
  const over = sign === 'done' || sign === 'failed';
  const seen = useSeen(sign);
  const href = progressIcon(over && seen ? 'own' : sign, ownIcon);
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (link && link.getAttribute('href') !== href) link.href = href;
  }, [href]);
};
