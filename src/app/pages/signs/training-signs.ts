/** The tab's title and icon while training: a ring that fills, as a data URL, without a request or a canvas. */
import type { RunStatus } from '#store/page-store.ts';

const words: Readonly<Record<Exclude<RunStatus['phase'], 'idle' | 'running'>, string>> = {
  paused: 'paused',
  finished: 'done',
  failed: 'failed',
};

/** Share of the run that is done, 0 to 1. */
export const shareDone = ({ step, stepsPerEpoch, epochs }: RunStatus): number =>
  stepsPerEpoch > 0 ? Math.min(1, step / (epochs * stepsPerEpoch)) : 0;

/**
 * `42 % Residua` while training, `done, Residua` after it: progress first, since a tab shows little more.
 * @param stopped whether it is over before its planned end
 */
export const pageTitle = (status: RunStatus, stopped: boolean): string => {
  if (status.phase === 'idle') return 'Residua';
  if (status.phase === 'running') return `${Math.floor(100 * shareDone(status))} % Residua`;
  return `${stopped ? 'stopped' : words[status.phase]}, Residua`;
};

/** The icon's content: progress in whole percent, the end, a failure, or the page's normal icon. */
export type IconSign = number | 'done' | 'failed' | 'own';

const radius = 12;
const circumference = 2 * Math.PI * radius;

/** Visible on light and dark tabs: middle gray, and the accent between its light and dark values. */
const colors = { track: '#8b8d84', ring: '#1f9e94', failed: '#d4503f' };

const circle = (color: string, extra = ''): string =>
  `<circle cx="16" cy="16" r="${radius}" fill="none" stroke="${color}" stroke-width="6"${extra}/>`;

const drawing = (sign: Exclude<IconSign, 'own'>): string => {
  if (sign === 'done') {
    return `<circle cx="16" cy="16" r="15" fill="${colors.ring}"/><path d="M9 16.5l5 5 9-10" fill="none" stroke="#fff" stroke-width="4"/>`;
  }
  if (sign === 'failed') {
    return `<circle cx="16" cy="16" r="15" fill="${colors.failed}"/><path d="M16 8v10M16 21v4" fill="none" stroke="#fff" stroke-width="4"/>`;
  }
  const filled = ((Math.min(100, Math.max(0, sign)) / 100) * circumference).toFixed(1);
  const arc = ` stroke-dasharray="${filled} ${circumference.toFixed(1)}" transform="rotate(-90 16 16)"`;
  return circle(colors.track) + circle(colors.ring, arc);
};

/** Address of the icon: `own` is the page's normal icon, anything else is drawn. */
export const progressIcon = (sign: IconSign, own: string): string =>
  sign === 'own'
    ? own
    : `data:image/svg+xml,${encodeURIComponent(
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${drawing(sign)}</svg>`,
      )}`;
