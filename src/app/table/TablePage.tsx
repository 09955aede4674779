/** The paper's Table II on the user's machine: the plan, the queue, and the results beside the paper's. */

import { sharedSettings } from '#core/table/describe-table.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { Hint } from '../ui/Hint.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import { OpenButton } from '../ui/OpenButton.tsx';
import { ExportTable } from './ExportTable.tsx';
import { MissingFolders } from './MissingFolders.tsx';
import { PaperCost } from './PaperCost.tsx';
import { PaperTable } from './PaperTable.tsx';
import { PlanRuns } from './PlanRuns.tsx';
import { QueueBar } from './QueueBar.tsx';
import { QueueRuns } from './QueueRuns.tsx';
import { ResultTable } from './ResultTable.tsx';
import './table.css';

/** The settings of all runs, from the time of the plan. */
const SharedSettings = () => {
  const base = useApp((state) => state.table.base);
  if (!base) return null;
  const { side, width, batch, epochs } = base;
  return (
    <details className="shared-settings">
      <Hint text="Lists all settings, from the time of the plan." side="top">
        <summary>
          Settings of all runs: side {side}, width {width}, batch {batch}, epochs {epochs}, …
        </summary>
      </Hint>
      <dl>
        {sharedSettings(base).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
};

/** The first step: open several categories. */
const OpenRoot = () => {
  const { table } = useActions();
  return (
    <section className="table-empty" aria-labelledby="table-empty-title">
      <h2 id="table-empty-title">Run the paper’s Table II on this machine</h2>
      <p>
        Drop a data set root such as <b>mvtec_anomaly_detection</b> anywhere on this page. Each category is
        trained with each loss and seed that you choose, one run after the other, and the image AUROC stands
        beside the paper’s.
      </p>
      <OpenButton
        tone="primary"
        label="Data set root"
        hint="Opens a folder of category folders, or a single one. Nothing is uploaded."
        testId="root-input"
        onFiles={(files) => void table.addFiles(files)}
      >
        Open data set root
      </OpenButton>
      <p className="quiet">
        You can pause the queue, and resume it after a reload. Images never leave this machine.
      </p>
    </section>
  );
};

/** The problem with storing the table, if any. */
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
  const available = useApp((state) => state.table.available.length > 0);
  return (
    <div className="table-page number">
      <TableNotice />
      {!planned && !available && (
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
      {(planned || available) && <PlanRuns />}
    </div>
  );
};
