/** Table II of the paper, run on the user's own machine: planning, the queue, the table beside the paper's numbers. */
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { CloseIcon } from '../ui/icons.tsx';
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
import './table.css';

/** What is wrong with keeping the table, if something is. */
const TableNotice = () => {
  const notice = useApp((state) => state.table.notice);
  const { table } = useActions();
  if (!notice) return null;
  return (
    <div className="table-notice" role="alert" data-code={notice.code}>
      <p>
        <b>{notice.problem}</b> {notice.remedy}
      </p>
      <Button tone="bare" hint="Closes this message." aria-label="Dismiss" onClick={table.dismissNotice}>
        <CloseIcon />
      </Button>
    </div>
  );
};

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
