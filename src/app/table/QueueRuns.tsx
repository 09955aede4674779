/** Every run of the table, with its outcome and actions. */

import { aurocText, intervalText } from '#core/table/cell-text.ts';
import type { QueueEntry } from '#core/table/queue-entry.ts';
import { toVariationModelWords } from '../shared/difference.ts';
import { lossLabels } from '../shared/labels.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount, formatDuration } from '../ui/format.ts';
import { Hint } from '../ui/Hint.tsx';

/** The outcome of a run, in words. */
const outcomeText = ({ outcome }: QueueEntry): string => {
  if (outcome.state === 'failed') return `failed: ${outcome.error.problem} ${outcome.error.remedy}`;
  if (outcome.state === 'skipped') return outcome.reason;
  if (outcome.state !== 'done') return outcome.state;
  const { imageAuroc, interval, references, elapsedMs, trainImages, testImages, unreadable, device } =
    outcome.result;
  if (!imageAuroc.defined) return `undefined: ${imageAuroc.reason}`;
  const between = interval.defined ? ` ${intervalText({ kind: 'bootstrap', ...interval })}` : '';
  const words = toVariationModelWords(references?.difference);
  const beside = words === undefined ? '' : `, ${words}`;
  const lost = unreadable > 0 ? `, ${formatCount(unreadable, 'image')} unreadable` : '';
  return `${aurocText(imageAuroc.value)}${between}${beside}, ${trainImages} train, ${testImages} test${lost}, ${formatDuration(elapsedMs)}, ${device}`;
};

const Actions = ({ entry, name }: { readonly entry: QueueEntry; readonly name: string }) => {
  const { table } = useActions();
  const { state } = entry.outcome;
  return (
    <>
      {(state === 'failed' || state === 'skipped') && (
        <Button
          tone="bare"
          hint="Queues this run again."
          aria-label={`Run ${name} again`}
          onClick={() => table.retry(entry.id)}
        >
          run again
        </Button>
      )}
      {(state === 'waiting' || state === 'running') && (
        <Button
          tone="bare"
          hint="Skips this run."
          aria-label={`Skip ${name}`}
          onClick={() => void table.skip(entry.id)}
        >
          skip
        </Button>
      )}
      {state !== 'running' && (
        <Button
          tone="bare"
          hint="Removes this run and its result from the table."
          aria-label={`Remove ${name}`}
          onClick={() => table.remove(entry.id)}
        >
          remove
        </Button>
      )}
    </>
  );
};

export const QueueRuns = () => {
  const entries = useApp((state) => state.table.entries);
  return (
    <details className="queue-runs">
      <Hint text="Lists each run with its outcome and actions." side="top">
        <summary>{formatCount(entries.length, 'run')} one by one</summary>
      </Hint>
      <ul>
        {entries.map((entry) => {
          const name = `${entry.category}, ${lossLabels[entry.loss]}, seed ${entry.seed}`;
          return (
            <li key={entry.id} data-state={entry.outcome.state}>
              <b>{name}</b>
              <span className="quiet">{outcomeText(entry)}</span>
              <span className="queue-runs-actions">
                <Actions entry={entry} name={name} />
              </span>
            </li>
          );
        })}
      </ul>
    </details>
  );
};
