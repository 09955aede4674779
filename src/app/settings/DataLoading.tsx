/** A decoding under way, which can be cancelled. */
import { useState } from 'react';
import type { DatasetLoading } from '#store/dataset-state.ts';
import { formatDuration } from '../format.ts';
import { useActions } from '../hooks/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { timeLeftMs } from './time-left.ts';

export const DataLoading = ({ loading }: { readonly loading: DatasetLoading }) => {
  const { dataset } = useActions();
  const { name, side, done, total } = loading;
  const what = `${name} ${side} ${total}`;
  const [begun, setBegun] = useState(() => ({ what, atMs: performance.now() }));
  // Another decoding has taken the place of the first: its pace is its own.
  if (begun.what !== what) setBegun({ what, atMs: performance.now() });
  const leftMs = timeLeftMs(performance.now() - begun.atMs, done, total);
  return (
    <div className="data-loading number">
      <span>
        {name}, {side} px
      </span>
      <progress aria-label={`Decoding ${name}`} value={done} max={Math.max(1, total)} />
      {leftMs !== undefined && <span className="quiet">about {formatDuration(leftMs)} left</span>}
      <Button
        tone="bare"
        hint="Ends the decoding, and leaves what was loaded before."
        onClick={dataset.cancelLoading}
      >
        Cancel
      </Button>
    </div>
  );
};
