/** The confusion matrix as four buttons that show their images in the gallery. */
import type { Confusion } from '#core/metrics/threshold.ts';
import type { Outcome } from '#store/decision/outcome.ts';
import { meaningOf } from '../shared/labels.ts';
import { useApp } from '../shared/store-context.ts';
import { Hint } from '../ui/Hint.tsx';
import { outcomeWords } from './decision-words.ts';
import { useGalleryFilter } from './use-gallery-filter.ts';

/** Rows of the matrix: anomalous images, then good ones. */
const cells: readonly {
  readonly outcome: Outcome;
  readonly count: keyof Confusion;
  readonly other: keyof Confusion;
  readonly of: string;
}[] = [
  { outcome: 'caught', count: 'truePositives', other: 'falseNegatives', of: 'anomalous' },
  { outcome: 'missed', count: 'falseNegatives', other: 'truePositives', of: 'anomalous' },
  { outcome: 'false-alarm', count: 'falsePositives', other: 'trueNegatives', of: 'good' },
  { outcome: 'pass', count: 'trueNegatives', other: 'falsePositives', of: 'good' },
];

interface ConfusionCellsProps {
  readonly confusion: Confusion | undefined;
}

export const ConfusionCells = ({ confusion }: ConfusionCellsProps) => {
  const outcome = useApp((state) => state.decision.filter.outcome);
  const filter = useGalleryFilter();
  return (
    <fieldset className="confusion number" aria-label="Confusion matrix: show in the gallery">
      {cells.map((cell) => {
        const count = confusion?.[cell.count];
        const total = confusion && confusion[cell.count] + confusion[cell.other];
        const pressed = outcome === cell.outcome;
        const blocked = count === undefined && !pressed ? 'No threshold.' : undefined;
        return (
          <Hint
            key={cell.outcome}
            text={`${meaningOf(cell.outcome)} Click to show ${pressed ? 'all images' : 'only these'} in the gallery.`}
            blocked={blocked}
            side="top"
          >
            <button
              type="button"
              className="confusion-cell"
              data-outcome={cell.outcome}
              data-empty={count === 0}
              aria-disabled={blocked !== undefined || undefined}
              aria-pressed={pressed}
              onClick={() => {
                if (blocked === undefined) filter({ outcome: pressed ? undefined : cell.outcome });
              }}
            >
              <b>{count ?? '–'}</b> <span>{outcomeWords[cell.outcome]}</span>
              <span className="visually-hidden">
                {total === undefined ? '' : `, of ${total} ${cell.of} images`}
              </span>
            </button>
          </Hint>
        );
      })}
    </fieldset>
  );
};
