/** Offers to undo the last deletion of a run. */
import { useEffect, useRef } from 'react';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { CloseIcon } from '../ui/icons.tsx';

export const RemovedNote = () => {
  const last = useApp((state) => state.runs.removed.at(-1));
  const { runs } = useActions();
  const undo = useRef<HTMLButtonElement>(null);
  const id = last?.id;
  useEffect(() => {
    // The button that deleted the run is gone, and it had the focus.
    if (id !== undefined && document.activeElement === document.body) undo.current?.focus();
  }, [id]);
  return (
    <div role="status">
      {last && (
        <p className="run-removed">
          <span>
            <b>{last.name}</b> deleted
          </span>
          <Button
            ref={undo}
            tone="bare"
            hint="Restores the run."
            hintSide="top"
            onClick={() => void runs.undoRemove()}
          >
            Undo
          </Button>
          <Button
            tone="bare"
            className="run-button"
            aria-label="Dismiss"
            hint="Closes this note. The run stays deleted."
            hintSide="top"
            onClick={runs.forgetRemoved}
          >
            <CloseIcon />
          </Button>
        </p>
      )}
    </div>
  );
};
