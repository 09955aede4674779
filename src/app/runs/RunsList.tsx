/** The retained runs by category, and the tools for several of them. Loaded with the first run. */
import { Fragment, useMemo } from 'react';
import { differingSettings } from '#store/runs/retained-run.ts';
import { scoringInWords } from '../shared/measure/measure-words.ts';
import { RescoreRuns } from '../shared/measure/RescoreRuns.tsx';
import { useMeasure } from '../shared/measure/use-measure.ts';
import { useScrollRegion } from '../ui/use-scroll-region.ts';
import { CompareButton } from './CompareButton.tsx';
import { RaceGroup } from './RaceGroup.tsx';
import { RunItem } from './RunItem.tsx';
import { useOwnRuns } from './use-own-runs.ts';
import {
  byCategory,
  byRace,
  type ListedRun,
  useOpenBlocked,
  useRunList,
  useRunListActions,
} from './use-run-list.ts';

const RunsList = () => {
  const retained = useOwnRuns();
  const listed = useRunList();
  const openBlocked = useOpenBlocked();
  const { open, openRace } = useRunListActions();
  const scroll = useScrollRegion('y');
  const measure = useMeasure();
  const ids = useMemo(() => retained.map(({ id }) => id), [retained]);
  const settings = useMemo(() => differingSettings(retained), [retained]);
  const itemsOf = (runs: readonly ListedRun[]) =>
    runs.map((item) => (
      <RunItem
        key={item.run.id}
        {...item}
        settings={settings}
        openBlocked={openBlocked}
        onOpen={() => void open(item.run)}
      />
    ));
  return (
    <>
      {listed.length > 0 && (
        <div className="run-list" {...scroll}>
          {byCategory(listed).map(([category, group]) => (
            <Fragment key={category}>
              <h3 className="run-category" title={`Runs trained on ${category}`}>
                {category || 'unknown category'}
              </h3>
              <ul aria-label={`Retained runs, ${category}`}>
                {byRace(group).map(({ raceId, runs }) =>
                  raceId === undefined ? (
                    itemsOf(runs)
                  ) : (
                    <RaceGroup
                      key={raceId}
                      {...{ raceId, runs, openBlocked, itemsOf }}
                      onOpen={() => void openRace(raceId)}
                    />
                  ),
                )}
              </ul>
            </Fragment>
          ))}
        </div>
      )}
      {measure && listed.some(({ measured }) => measured.comparable && measured.evaluation) && (
        <p className="runs-note number">AUROC by {scoringInWords(measure.settings)}.</p>
      )}
      <span className="runs-tools">
        <CompareButton />
        {ids.length > 0 && <RescoreRuns ids={ids} />}
      </span>
    </>
  );
};

export default RunsList;
