/** The retained runs in the results column. */
import { Fragment, lazy, Suspense, useId, useMemo, useState } from 'react';
import { differingSettings } from '#store/runs/retained-run.ts';
import { scoringInWords } from '../shared/measure/measure-words.ts';
import { RescoreRuns } from '../shared/measure/RescoreRuns.tsx';
import { useMeasure } from '../shared/measure/use-measure.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { Hint } from '../ui/Hint.tsx';
import { ChevronIcon } from '../ui/icons.tsx';
import { useScrollRegion } from '../ui/use-scroll-region.ts';
import { CompareButton } from './CompareButton.tsx';
import { PastEpochsStorage } from './PastEpochsStorage.tsx';
import { RemovedNote } from './RemovedNote.tsx';
import { RunItem } from './RunItem.tsx';
import { StorageNotes } from './StorageNotes.tsx';
import {
  byCategory,
  useCanKeep,
  useOpenBlocked,
  useOwnRuns,
  useRunList,
  useRunListActions,
} from './use-run-list.ts';
import './runs.css';

const RunsDialog = lazy(() => import('./RunsDialog.tsx'));

export const RunsSection = () => {
  const id = useId();
  const [expanded, setExpanded] = useState(true);
  const [tableOpen, setTableOpen] = useState(false);
  const retained = useOwnRuns();
  const canCompare = useApp((state) => state.runs.retained.length > 0);
  const listed = useRunList();
  const openBlocked = useOpenBlocked();
  const canKeep = useCanKeep();
  const { runs } = useActions();
  const { open } = useRunListActions();
  const scroll = useScrollRegion('y');
  const ids = useMemo(() => retained.map(({ id }) => id), [retained]);
  const measure = useMeasure();
  const settings = useMemo(() => differingSettings(retained), [retained]);
  return (
    <section className="section runs" aria-labelledby={id}>
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
          {listed.length === 0 ? (
            <p className="runs-empty">Finished and stopped runs are retained here.</p>
          ) : (
            <div className="run-list" {...scroll}>
              {byCategory(listed).map(([category, group]) => (
                <Fragment key={category}>
                  <h3 className="run-category" title={`Runs trained on ${category}`}>
                    {category || 'unknown category'}
                  </h3>
                  <ul aria-label={`Retained runs, ${category}`}>
                    {group.map((item) => (
                      <RunItem
                        key={item.run.id}
                        {...item}
                        settings={settings}
                        openBlocked={openBlocked}
                        onOpen={() => void open(item.run)}
                      />
                    ))}
                  </ul>
                </Fragment>
              ))}
            </div>
          )}
          {measure && listed.some(({ measured }) => measured.comparable && measured.evaluation) && (
            <p className="runs-note number">AUROC by {scoringInWords(measure.settings)}.</p>
          )}
          {canCompare && (
            <span className="runs-tools">
              <CompareButton />
              {retained.length > 0 && <RescoreRuns ids={ids} />}
            </span>
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
