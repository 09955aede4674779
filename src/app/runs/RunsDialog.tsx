/** All kept runs in one wide table, over the page. */
import { Dialog } from 'radix-ui';
import { useRef } from 'react';
import { Button } from '../ui/Button.tsx';
import { CompareButton } from './CompareButton.tsx';
import { RemovedNote } from './RemovedNote.tsx';
import { RunsCsvButton } from './RunsCsvButton.tsx';
import { RunsTable } from './RunsTable.tsx';
import '../dialogs/dialog.css';

const RunsDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const content = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content
          className="dialog runs-dialog"
          ref={content}
          onOpenAutoFocus={(event) => {
            // The first control would open with its hint over the table.
            event.preventDefault();
            content.current?.focus();
          }}
          onEscapeKeyDown={(event) => {
            // It takes back what is being typed; the next one closes.
            if (event.target instanceof HTMLElement && event.target.dataset['edited'] === 'true')
              event.preventDefault();
          }}
        >
          <Dialog.Title className="dialog-title">Kept runs</Dialog.Title>
          <Dialog.Description className="dialog-body">
            Settings that all runs share have no column. Names and notes are changed where they stand.
          </Dialog.Description>
          <RunsTable onOpened={onClose} />
          <div className="dialog-buttons">
            <RemovedNote />
            <RunsCsvButton />
            <CompareButton onCompared={onClose} />
            <Dialog.Close asChild>
              <Button>Close</Button>
            </Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};

export default RunsDialog;
