/** The cost of the paper's table on this device, with the current settings and with the paper's. */
import { useEffect, useMemo, useState } from 'react';
import type { RunConfig } from '#core/config.ts';
import { asResiduaError, type PlainError } from '#core/errors.ts';
import { configDifferences, paperAssumptions } from '#core/paper-differences/config-differences.ts';
import { withPreset } from '#core/presets.ts';
import type { TableCost } from '#store/table/estimate-table.ts';
import { PaperDifferences } from '../shared/paper-differences/PaperDifferences.tsx';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { formatBytes, formatCount, formatDuration } from '../ui/format.ts';

type TableCostState =
  | { readonly phase: 'unknown' }
  | { readonly phase: 'ready'; readonly cost: TableCost }
  /** A run does not fit the device. */
  | { readonly phase: 'refused'; readonly error: PlainError };

/** @param config must be the same object until it changes */
const useTableCost = (config: RunConfig): TableCostState => {
  const { table } = useActions();
  const isFree = useApp(
    ({ run }) => run.device.phase === 'ready' && run.status.phase !== 'running' && run.task === undefined,
  );
  const [state, setState] = useState<TableCostState>({ phase: 'unknown' });
  useEffect(() => {
    if (!isFree) return;
    let wanted = true;
    const settle = (next: TableCostState): void => {
      if (wanted) setState(next);
    };
    table.estimate(config).then(
      (cost) => settle({ phase: 'ready', cost }),
      (thrown: unknown) => settle({ phase: 'refused', error: asResiduaError(thrown).toPlain() }),
    );
    return () => {
      wanted = false;
    };
  }, [table, config, isFree]);
  return state;
};

const timeText = ({ totalMs, runs }: TableCost): string =>
  totalMs === undefined
    ? 'unknown: nothing has been timed on this device'
    : `about ${formatDuration(totalMs)}, ${formatDuration(totalMs / runs)} per run on average`;

const memoryText = ({ memoryBytes, microBatch, batch }: TableCost): string =>
  `about ${formatBytes(memoryBytes)}${microBatch < batch ? `, in parts of ${formatCount(microBatch, 'image')}` : ''}`;

const Cost = ({
  title,
  config,
  state,
}: {
  readonly title: string;
  readonly config: RunConfig;
  readonly state: TableCostState;
}) => {
  const { side, width, batch, epochs } = config;
  return (
    <section aria-label={`Cost: ${title}`} data-testid="table-cost" aria-busy={state.phase === 'unknown'}>
      <h4>{title}</h4>
      <p className="quiet">
        Side {side}, width {width}, batch {batch}, {formatCount(epochs, 'epoch')}.{' '}
        <PaperDifferences
          of={title}
          differences={configDifferences(config)}
          assumptions={paperAssumptions(config)}
          withImages={false}
        />
      </p>
      {state.phase === 'refused' ? (
        <p className="setting-error">
          {state.error.problem} {state.error.remedy}
        </p>
      ) : (
        <dl className="estimate">
          <dt>Time</dt>
          <dd>{state.phase === 'ready' ? timeText(state.cost) : 'estimating'}</dd>
          <dt>Memory</dt>
          <dd>{state.phase === 'ready' ? memoryText(state.cost) : 'estimating'}</dd>
        </dl>
      )}
    </section>
  );
};

const paceText = (state: TableCostState): string => {
  const source = state.phase === 'ready' ? state.cost.paceSource : undefined;
  if (source === 'training') return 'Based on the pace of the last run on this device.';
  if (source === 'convolution')
    return 'Nothing has been trained yet. Based on half the pace of one convolution, timed once; the first run corrects it.';
  return 'The pace is unknown until one convolution is timed, while nothing trains.';
};

export const ChangeSettings = () => {
  const { view } = useActions();
  return (
    <Button
      tone="bare"
      className="link-button"
      hint="Opens the Bench. Its settings apply to all runs."
      onClick={() => view.set({ page: 'bench' })}
    >
      Change settings
    </Button>
  );
};

export const PaperCost = () => {
  const present = useApp((state) => state.run.config);
  const paper = useMemo(() => withPreset(present, 'paper'), [present]);
  const presentCost = useTableCost(present);
  const paperCost = useTableCost(paper);
  return (
    <section className="paper-cost" aria-labelledby="paper-cost-title">
      <h3 id="paper-cost-title">Cost on this device</h3>
      <p>15 categories with three losses and one seed: 45 runs, one after the other.</p>
      <Cost title="Current settings" config={present} state={presentCost} />
      <ChangeSettings />
      <Cost title="Preset Paper" config={paper} state={paperCost} />
      <p className="quiet">
        Time: images of MVTec AD, epochs and evaluations, times the operations of the convolutions of this
        model. Losses are taken to need the same time; decoding is not included. {paceText(presentCost)}
      </p>
      <p className="quiet">Memory: on the device at the peak, from a rehearsal of the largest run.</p>
    </section>
  );
};
