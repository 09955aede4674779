/** Downloads the table of kept runs with all their settings. */

import { Button } from '../ui/Button.tsx';
import { downloadFile } from '../ui/download.ts';
import { runsCsv } from './runs-csv.ts';
import { useRunList } from './use-run-list.ts';

export const RunsCsvButton = () => {
  const listed = useRunList();
  return (
    <Button
      hint="All runs with every setting, AUROC, epochs, steps, time, note and date."
      hintSide="top"
      blocked={listed.length === 0 ? 'No run is kept yet.' : undefined}
      onClick={() => downloadFile('residua-runs.csv', runsCsv(listed.map(({ run }) => run)), 'text/csv')}
    >
      Table as CSV
    </Button>
  );
};
