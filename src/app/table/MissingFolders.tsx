/** The categories that the queue waits for: after a reload, their folders must be opened again. */
import { useMemo } from 'react';
import { type MissingCategory, missingCategories } from '#store/table/state.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { formatCount } from '../ui/format.ts';
import { OpenButton } from '../ui/OpenButton.tsx';

const describe = ({ name, imageCount, availableCount }: MissingCategory): string => {
  if (availableCount === undefined) return name;
  return `${name} (planned with ${formatCount(imageCount, 'image')}; the opened folder has ${availableCount})`;
};

export const MissingFolders = () => {
  const entries = useApp((state) => state.table.entries);
  const available = useApp((state) => state.table.available);
  const { table } = useActions();
  const missing = useMemo(() => missingCategories({ entries, available }), [entries, available]);
  if (missing.length === 0) return null;
  return (
    <div className="table-notice" data-testid="missing-folders">
      <p>
        <b>
          {formatCount(missing.length, 'category', 'categories')} still to run{' '}
          {missing.length === 1 ? 'is' : 'are'} not at hand:
        </b>{' '}
        {missing.map(describe).join(', ')}. Drop the data set again, and the queue goes on; finished runs
        stay.
      </p>
      <OpenButton
        label="Data set root"
        hint="Opens the folder that holds the missing categories."
        testId="root-input"
        onFiles={(files) => void table.addFiles(files)}
      >
        Open folder
      </OpenButton>
    </div>
  );
};
