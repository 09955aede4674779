/** Plans the table: categories, losses and seeds, with the page's settings. */
import { useId, useMemo, useState } from 'react';
import type { LossName, RunConfig } from '#core/config.ts';
import { asResiduaError } from '#core/errors.ts';
import { inPaperOrder, paperLosses, tableLosses } from '#core/table/paper-table.ts';
import { parseSeeds, sameBase } from '#core/table/plan-queue.ts';
import { lossHints } from '../shared/hints/setting-hints.ts';
import { lossLabels } from '../shared/labels.ts';
import { useActions, useApp, useAppStore } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { useConfirm } from '../ui/ConfirmProvider.tsx';
import { formatCount } from '../ui/format.ts';
import { Hint } from '../ui/Hint.tsx';
import { OpenButton } from '../ui/OpenButton.tsx';
import { SkippedFileList } from '../ui/SkippedFileList.tsx';
import { CheckList } from './CheckList.tsx';
import { ChangeSettings } from './PaperCost.tsx';
import { useStartQueue } from './use-start-queue.ts';
import './plan-runs.css';

const lossOptions = tableLosses.map((value) => ({
  value,
  label: lossLabels[value],
  hint: lossHints[value],
  ...(paperLosses.includes(value) ? {} : { detail: 'not in the paper' }),
}));

const briefly = ({ side, width, batch, epochs }: RunConfig): string =>
  `side ${side}, width ${width}, batch ${batch}, ${formatCount(epochs, 'epoch')}`;

/** Number of seeds in a text; undefined if it is invalid. */
const seedCount = (text: string): number | undefined => {
  try {
    return parseSeeds(text).length;
  } catch {
    return undefined;
  }
};

export const PlanRuns = () => {
  const store = useAppStore();
  const available = useApp((state) => state.table.available);
  const skippedFiles = useApp((state) => state.table.skippedFiles);
  const base = useApp((state) => state.table.base);
  const queued = useApp((state) => state.table.phase !== 'idle');
  const config = useApp((state) => state.run.config);
  const { table } = useActions();
  const confirm = useConfirm();
  const startQueue = useStartQueue();
  /** Categories that the user unchecked: dropped ones are checked at first. */
  const [refused, setRefused] = useState<readonly string[]>([]);
  const [losses, setLosses] = useState<readonly LossName[]>(paperLosses);
  const [seeds, setSeeds] = useState('0');
  const [error, setError] = useState<string>();
  const seedsId = useId();
  const errorId = useId();

  const options = useMemo(() => {
    const byName = new Map(available.map((category) => [category.name, category.samples]));
    return inPaperOrder([...byName.keys()]).map((name) => {
      const samples = byName.get(name) ?? [];
      const train = samples.filter(({ split }) => split === 'train').length;
      return {
        value: name,
        label: name,
        hint: { text: `Queues a run of ${name} with each loss and seed.` },
        detail: `${train} train, ${samples.length - train} test`,
      };
    });
  }, [available]);
  const chosen = options.map(({ value }) => value).filter((name) => !refused.includes(name));
  const isExtended = base !== undefined && (queued || sameBase(base, config));
  const used = isExtended ? base : config;
  const seedsGiven = seedCount(seeds);
  const runs = seedsGiven && chosen.length * losses.length * seedsGiven;

  const plan = async (): Promise<void> => {
    try {
      const request = { categories: chosen, losses, seeds: parseSeeds(seeds) };
      setError(undefined);
      const { entries } = store.getState().table;
      const measured = entries.filter(({ outcome }) => outcome.state === 'done').length;
      const agreed =
        isExtended ||
        measured === 0 ||
        (await confirm({
          title: 'Start a new table?',
          body: `The settings have changed since the table was planned, so the new runs are not comparable. Its ${formatCount(measured, 'result')} will be lost. Export them first if you need them.`,
          action: 'Start new table',
        }));
      if (!agreed) return;
      table.plan(request);
      await startQueue();
    } catch (thrown) {
      setError(asResiduaError(thrown).message);
    }
  };

  return (
    <details className="plan-runs" open={base === undefined || undefined}>
      <Hint text="Chooses the categories, losses and seeds to run." side="bottom">
        <summary>{base ? 'Add runs' : 'Plan the table'}</summary>
      </Hint>
      <CheckList
        legend="Categories"
        options={options}
        chosen={chosen}
        onChange={(names) =>
          setRefused(options.map(({ value }) => value).filter((name) => !names.includes(name)))
        }
      />
      {options.length === 0 && <p className="quiet">No categories yet. Drop a data set root, or open one.</p>}
      <div className="plan-runs-line">
        <OpenButton
          label="More categories"
          hint="Adds the categories of another folder to the list."
          testId="more-input"
          onFiles={(files) => void table.addFiles(files)}
        >
          Open more
        </OpenButton>
        <SkippedFileList skippedFiles={skippedFiles} label={formatCount(skippedFiles.length, 'item')} />
      </div>
      <CheckList legend="Losses" options={lossOptions} chosen={losses} onChange={setLosses} />
      <div className="plan-runs-line">
        <label htmlFor={seedsId}>Seeds</label>
        <Hint
          text="Each seed is a separate run, with other initial weights and another order of the images. The table shows the mean."
          side="top"
        >
          <input
            id={seedsId}
            type="text"
            autoComplete="off"
            value={seeds}
            aria-invalid={error !== undefined}
            aria-describedby={errorId}
            onChange={({ currentTarget }) => setSeeds(currentTarget.value)}
          />
        </Hint>
        <span className="quiet">such as 0, 1, 2 or 0-4</span>
      </div>
      <p className="quiet">
        {isExtended ? 'With the table’s settings: ' : 'With the Bench’s settings: '}
        {briefly(used)}. {!queued && <ChangeSettings />}
      </p>
      <div className="plan-runs-line">
        <Button
          tone="primary"
          hint="Runs each category with each loss and seed, one run after the other."
          blocked={
            chosen.length === 0
              ? 'Choose a category first.'
              : losses.length === 0
                ? 'Choose a loss first.'
                : undefined
          }
          onClick={() => void plan()}
        >
          {queued ? 'Add to the queue' : isExtended ? 'Add and start' : 'Start'}
        </Button>
        <span className="quiet">
          {formatCount(chosen.length, 'category', 'categories')},{' '}
          {formatCount(losses.length, 'loss', 'losses')}
          {runs !== undefined && `: ${formatCount(runs, 'run')}`}
        </span>
        <span id={errorId} role="alert" className="plan-runs-error">
          {error}
        </span>
      </div>
    </details>
  );
};
