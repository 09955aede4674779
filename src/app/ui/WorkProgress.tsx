/** The progress of long work: the fraction done, the time left, and a button that cancels it. */
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { formatDuration, formatPercent } from './format.ts';
import './work-progress.css';

interface WorkProgressProps {
  /** The work's name, for screen readers. */
  readonly label: string;
  /** The text before the bar. */
  readonly children?: ReactNode;
  /** `share` from 0 to 1; undefined if nothing is known yet. */
  readonly progress: { readonly share: number; readonly remainingMs: number | undefined } | undefined;
  /** The state after canceling. */
  readonly cancelHint: string;
  readonly onCancel: () => void;
}

const notKnown = { share: 0, remainingMs: undefined };

export const WorkProgress = ({
  label,
  children,
  progress: { share, remainingMs } = notKnown,
  cancelHint,
  onCancel,
}: WorkProgressProps) => (
  <span className="work-progress number">
    {children !== undefined && <span className="work-progress-text">{children}</span>}
    <progress aria-label={label} value={share} />
    {remainingMs !== undefined && (
      <span className="quiet">
        {formatPercent(share)}, {formatDuration(remainingMs)} left
      </span>
    )}
    <Button tone="bare" hint={cancelHint} onClick={onCancel}>
      Cancel
    </Button>
  </span>
);
