/** The run that was deleted last, as long as that can be undone. */
import { useActions, useApp } from '../hooks/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { CloseIcon } from '../ui/icons.tsx';

export const RemovedNote = () => {
  const last = useApp((state) => state.runs.removed.at(-1));
  const { runs } = useActions();
  return (
    <div role="status">
      {last && (
        <p className="run-removed">
          <span>
            <b>{last.name}</b> deleted
          </span>
          <Button tone="bare" onClick={() => void runs.undoRemove()}>
            Undo
          </Button>
          <Button tone="bare" className="run-button" aria-label="Dismiss" onClick={runs.forgetRemoved}>
            <CloseIcon />
          </Button>
        </p>
      )}
    </div>
  );
};
