/** All retained runs in one wide table, over the page. */

import { useMemo } from 'react';
import { RescoreRuns } from '../shared/measure/RescoreRuns.tsx';
import { useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { downloadFile } from '../ui/download.ts';
import { PageDialog } from '../ui/PageDialog.tsx';
import { CompareButton } from './CompareButton.tsx';
import { RemovedNote } from './RemovedNote.tsx';
import { RunsTable } from './RunsTable.tsx';
import { runsCsv } from './runs-csv.ts';
import { useRunList } from './use-run-list.ts';

/** Downloads the table of retained runs with all their settings. */
const RunsCsvButton = () => {
  const listed = useRunList();
  return (
    <Button
      hint="Downloads all runs with every setting, AUROC, epochs, steps, time, note and date."
      hintSide="top"
      blocked={listed.length === 0 ? 'No run is retained yet.' : undefined}
      onClick={() => downloadFile('residua-runs.csv', runsCsv(listed.map(({ run }) => run)), 'text/csv')}
    >
      Table as CSV
    </Button>
  );
};

const RescoreAll = () => {
  const retained = useApp((state) => state.runs.retained);
  const ids = useMemo(() => retained.map(({ id }) => id), [retained]);
  return <RescoreRuns ids={ids} />;
};

const RunsDialog = ({ onClose }: { readonly onClose: () => void }) => (
  <PageDialog
    open
    onOpenChange={(open) => !open && onClose()}
    className="runs-dialog"
    title="Retained runs"
    description="Settings that all runs share have no column. Click a name or a note to edit it."
    onEscapeKeyDown={(event) => {
      // Escape reverts the edit; the next Escape closes the dialog.
      if (event.target instanceof HTMLElement && event.target.dataset['edited'] === 'true')
        event.preventDefault();
    }}
    buttons={
      <>
        <RemovedNote />
        <RescoreAll />
        <RunsCsvButton />
        <CompareButton onCompared={onClose} />
      </>
    }
  >
    <RunsTable onOpened={onClose} />
  </PageDialog>
);

export default RunsDialog;
