/** What is wrong with keeping the table, if something is. */
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { CloseIcon } from '../ui/icons.tsx';

export const TableNotice = () => {
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
