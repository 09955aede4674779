/** The retained runs in the results column. */
import { lazy, Suspense, useId, useState } from 'react';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { Hint } from '../ui/Hint.tsx';
import { ChevronIcon } from '../ui/icons.tsx';
import { PastEpochsStorage } from './PastEpochsStorage.tsx';
import { RemovedNote } from './RemovedNote.tsx';
import { StorageNotes } from './StorageNotes.tsx';
import { useCanKeep } from './use-can-keep.ts';
import { useOwnRuns } from './use-own-runs.ts';
import './runs.css';

const RunsList = lazy(() => import('./RunsList.tsx'));
const RunsDialog = lazy(() => import('./RunsDialog.tsx'));

export const RunsSection = () => {
  const id = useId();
  const [expanded, setExpanded] = useState(true);
  const [tableOpen, setTableOpen] = useState(false);
  const retained = useOwnRuns();
  const hasRuns = useApp((state) => state.runs.retained.length > 0);
  const canKeep = useCanKeep();
  const { runs } = useActions();
  return (
    <section className="section runs" aria-labelledby={id} data-section="Runs">
      <div className="section-title">
        <h2 id={id}>
          <Hint text={expanded ? 'Folds this section to its title.' : 'Unfolds this section.'} side="top">
            <button
              type="button"
              className="runs-toggle"
              aria-expanded={expanded}
              onClick={() => setExpanded(!expanded)}
            >
              <ChevronIcon /> Runs
              {retained.length > 0 && <span className="runs-count number">{retained.length}</span>}
            </button>
          </Hint>
        </h2>
        <span className="runs-buttons">
          {canKeep && (
            <Button
              tone="bare"
              hint="Retains the present run with its current weights."
              onClick={() => void runs.retain()}
            >
              Retain run
            </Button>
          )}
          {retained.length > 0 && (
            <Button
              tone="bare"
              hint="Shows the runs in a table with all their settings."
              onClick={() => setTableOpen(true)}
            >
              Table
            </Button>
          )}
        </span>
      </div>
      {expanded && (
        <>
          {retained.length === 0 && (
            <p className="runs-empty">Finished and stopped runs are retained here.</p>
          )}
          {hasRuns && (
            <Suspense fallback={<p className="runs-empty">Loading</p>}>
              <RunsList />
            </Suspense>
          )}
          <PastEpochsStorage />
          <StorageNotes />
        </>
      )}
      {tableOpen ? (
        <Suspense fallback={null}>
          <RunsDialog onClose={() => setTableOpen(false)} />
        </Suspense>
      ) : (
        <RemovedNote />
      )}
    </section>
  );
};
