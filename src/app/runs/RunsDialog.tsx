/** All kept runs in one wide table, over the page. */
import { PageDialog } from '../ui/PageDialog.tsx';
import { CompareButton } from './CompareButton.tsx';
import { RemovedNote } from './RemovedNote.tsx';
import { RunsCsvButton } from './RunsCsvButton.tsx';
import { RunsTable } from './RunsTable.tsx';

const RunsDialog = ({ onClose }: { readonly onClose: () => void }) => (
  <PageDialog
    open
    onOpenChange={(open) => !open && onClose()}
    className="runs-dialog"
    title="Kept runs"
    description="Settings that all runs share have no column. Names and notes are changed where they stand."
    onEscapeKeyDown={(event) => {
      // It takes back what is being typed; the next one closes.
      if (event.target instanceof HTMLElement && event.target.dataset['edited'] === 'true')
        event.preventDefault();
    }}
    buttons={
      <>
        <RemovedNote />
        <RunsCsvButton />
        <CompareButton onCompared={onClose} />
      </>
    }
  >
    <RunsTable onOpened={onClose} />
  </PageDialog>
);

export default RunsDialog;
