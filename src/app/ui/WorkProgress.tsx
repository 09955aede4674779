/** Long work under way: how far it is, the time left, and the way to call it off. */
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { formatDuration, formatPercent } from './format.ts';
import './work-progress.css';

interface WorkProgressProps {
  /** What is done, for those who do not see what stands around it. */
  readonly label: string;
  /** Stands before the bar. */
  readonly children?: ReactNode;
  /** `share` from 0 to 1; undefined where nothing is known yet. */
  readonly progress: { readonly share: number; readonly remainingMs: number | undefined } | undefined;
  /** What calling it off leaves. */
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
    {children}
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
