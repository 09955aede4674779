/** Table II of the paper, run on the user's own machine: planning, the queue, the table beside the paper's numbers. */
import { useApp } from '../shared/store-context.ts';
import { ExportTable } from './ExportTable.tsx';
import { MissingFolders } from './MissingFolders.tsx';
import { OpenRoot } from './OpenRoot.tsx';
import { PaperCost } from './PaperCost.tsx';
import { PaperTable } from './PaperTable.tsx';
import { PlanRuns } from './PlanRuns.tsx';
import { QueueBar } from './QueueBar.tsx';
import { QueueRuns } from './QueueRuns.tsx';
import { ResultTable } from './ResultTable.tsx';
import { SharedSettings } from './SharedSettings.tsx';
import { TableNotice } from './TableNotice.tsx';
import './table.css';

export const TablePage = () => {
  const planned = useApp((state) => state.table.entries.length > 0);
  const offered = useApp((state) => state.table.offered.length > 0);
  return (
    <div className="table-page number">
      <TableNotice />
      {!planned && !offered && (
        <>
          <OpenRoot />
          <div className="table-preview">
            <PaperTable />
            <PaperCost />
          </div>
        </>
      )}
      {planned && (
        <>
          <QueueBar />
          <MissingFolders />
          <ResultTable />
          <div className="table-below">
            <ExportTable />
            <SharedSettings />
            <QueueRuns />
          </div>
        </>
      )}
      {(planned || offered) && <PlanRuns />}
    </div>
  );
};
