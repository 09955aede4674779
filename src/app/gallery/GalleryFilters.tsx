/** The filters of the gallery: by outcome at the threshold, and by defect type. */
import { ToggleGroup } from 'radix-ui';
import { useId } from 'react';
import type { GalleryContent } from '#store/gallery/content.ts';
import { controlHints } from '../shared/hints/control-hints.ts';
import { useActions } from '../shared/store-context.ts';
import { Hint } from '../ui/Hint.tsx';
import { Select } from '../ui/Select.tsx';
import '../ui/segmented.css';
import { outcomeChoices } from '../shared/labels.ts';
import { OutcomeMark } from './GalleryCell.tsx';

type GalleryFiltersProps = Pick<GalleryContent, 'counts' | 'filter' | 'noOutcomes'>;

export const GalleryFilters = ({ counts, filter, noOutcomes }: GalleryFiltersProps) => {
  const { decision } = useActions();
  const reason = useId();
  const known = noOutcomes === undefined;
  const types = [
    { value: '', label: `all (${counts.anyDefectType})` },
    ...[...counts.byDefectType].map(([value, count]) => ({ value, label: `${value} (${count})` })),
  ];
  return (
    <div className="gallery-filters">
      <ToggleGroup.Root
        type="single"
        className="segmented segmented-compact gallery-outcomes number"
        aria-label="Outcome"
        aria-describedby={known ? undefined : reason}
        value={filter.outcome ?? 'all'}
        onValueChange={(value) => {
          if (!known) return;
          // A second click clears the choice: show all.
          const outcome = outcomeChoices.find((choice) => choice.value === value)?.value;
          decision.setFilter({ outcome });
        }}
      >
        <Hint {...controlHints.allOutcomes} side="bottom">
          <ToggleGroup.Item value="all" aria-disabled={!known || undefined}>
            All {counts.byOutcome.all}
          </ToggleGroup.Item>
        </Hint>
        {outcomeChoices.map(({ value, label, meaning }) => (
          <Hint key={value} text={meaning} blocked={noOutcomes} side="bottom">
            <ToggleGroup.Item value={value} aria-disabled={!known || undefined}>
              <OutcomeMark outcome={value} />
              {label} {known && counts.byOutcome[value]}
            </ToggleGroup.Item>
          </Hint>
        ))}
      </ToggleGroup.Root>
      {!known && (
        <span id={reason} className="visually-hidden">
          {noOutcomes}
        </span>
      )}
      <Hint {...controlHints.defectType} side="bottom">
        <label className="gallery-choice quiet">
          Type
          <Select
            value={filter.defectType ?? ''}
            options={types}
            onChange={(type) => decision.setFilter({ defectType: type === '' ? undefined : type })}
          />
        </label>
      </Hint>
    </div>
  );
};
