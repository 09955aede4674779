/** Warns if the storage does not outlive the page, or holds unreadable runs. */

import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount } from '../ui/format.ts';
import { Hint } from '../ui/Hint.tsx';

export const StorageNotes = () => {
  const memoryOnly = useApp((state) => state.runs.memoryOnly);
  const unreadable = useApp((state) => state.runs.unreadable);
  const { runs } = useActions();
  return (
    <>
      {memoryOnly && (
        <p className="runs-note" data-testid="memory-only">
          {memoryOnly.problem} {memoryOnly.remedy}
        </p>
      )}
      {unreadable.length > 0 && (
        <details className="runs-note">
          <Hint text="Lists the runs and the reasons." side="top">
            <summary>{formatCount(unreadable.length, 'run')} cannot be read</summary>
          </Hint>
          <ul>
            {unreadable.map(({ id, name, reason }) => (
              <li key={id}>
                <b>{name ?? id}</b>: {reason}
                <Button
                  tone="bare"
                  hint="Deletes the unreadable runs."
                  onClick={() => void runs.removeUnreadable(id)}
                >
                  Delete
                </Button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
};
