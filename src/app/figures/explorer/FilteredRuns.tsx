/** What each run lost in the explorer's band: its filtered reconstruction and residual of the shown image. */
import { useStore } from 'zustand';
import type { Metric } from '#core/history.ts';
import { Panel } from '../../image/Panel.tsx';
import { panelsOf } from '../../image/painted.ts';
import { panelHints } from '../../shared/hints/figure-hints.ts';
import { formatFigure } from '../../ui/format.ts';
import { bandOf, explorer } from './explorer-state.ts';
import { bandInWords } from './part-in-band.ts';
import type { FilteredRun } from './use-filtered-runs.ts';

const lostText = (lost: Metric): string =>
  lost.defined ? `residual / image power ${formatFigure(lost.value)}` : lost.reason;

interface FilteredRunsProps {
  readonly side: number;
  readonly runs: readonly FilteredRun[];
}

export const FilteredRuns = ({ side, runs }: FilteredRunsProps) => {
  const state = useStore(explorer);
  const band = bandInWords(bandOf(state, side));
  const { image } = panelsOf(side, 'Loading');
  return (
    <section className="filtered-runs" aria-label="Runs in this band">
      {runs.length === 0 && <p className="quiet">Train a run to see what it loses {band}.</p>}
      {runs.map((run) => (
        <div key={run.key} className="filtered-run" data-testid={`filtered-${run.key}`}>
          <p className="number">
            <b>
              What {run.name} lost {band}
            </b>
            <span className="quiet">
              epoch {run.epoch}; {lostText(run.lost)}
            </span>
          </p>
          <div className="filtered-run-panels">
            <Panel
              {...image}
              name={`filtered-reconstruction-${run.key}`}
              title="Reconstruction, filtered"
              hint={panelHints.filteredReconstruction}
              note="as the filtered image"
              pixels={run.reconstruction}
            />
            <Panel
              {...image}
              name={`filtered-lost-${run.key}`}
              title="Lost"
              hint={panelHints.filteredLost}
              note={`input − reconstruction, × ${state.contrast}`}
              pixels={run.residual}
            />
          </div>
        </div>
      ))}
    </section>
  );
};
