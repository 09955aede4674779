/** A decoding under way, which can be cancelled. */
import { useState } from 'react';
import type { DatasetLoading } from '#store/dataset/state.ts';
import { useActions } from '../shared/store-context.ts';
import { timeLeftMs } from '../ui/format.ts';
import { WorkProgress } from '../ui/WorkProgress.tsx';

export const DataLoading = ({ loading }: { readonly loading: DatasetLoading }) => {
  const { dataset } = useActions();
  const { name, side, done, total } = loading;
  const what = `${name} ${side} ${total}`;
  const [begun, setBegun] = useState(() => ({ what, atMs: performance.now() }));
  // Another decoding has taken the place of the first: its pace is its own.
  if (begun.what !== what) setBegun({ what, atMs: performance.now() });
  const leftMs = timeLeftMs(performance.now() - begun.atMs, done, total);
  return (
    <div className="data-loading">
      <WorkProgress
        label={`Decoding ${name}`}
        progress={{ share: done / Math.max(1, total), remainingMs: leftMs }}
        cancelHint="Leaves what was loaded before."
        onCancel={dataset.cancelLoading}
      >
        {name}, {side} px
      </WorkProgress>
    </div>
  );
};
