/** The document's title: progress first, since a tab shows little more. */
import type { RunStatus } from '#store/page-store.ts';

const words: Readonly<Record<Exclude<RunStatus['phase'], 'idle' | 'running'>, string>> = {
  paused: 'paused',
  finished: 'done',
  failed: 'failed',
};

/** Share of the run that is done, 0 to 1. */
export const shareDone = ({ step, stepsPerEpoch, epochs }: RunStatus): number =>
  stepsPerEpoch > 0 ? Math.min(1, step / (epochs * stepsPerEpoch)) : 0;

/** `42 % Residua` while training, `done, Residua` after it. */
export const pageTitle = (status: RunStatus): string => {
  if (status.phase === 'idle') return 'Residua';
  if (status.phase === 'running') return `${Math.floor(100 * shareDone(status))} % Residua`;
  return `${words[status.phase]}, Residua`;
};
