/** Which test images the gallery shows: by what the threshold makes of them, and by defect type. */
import { ToggleGroup } from 'radix-ui';
import { useId } from 'react';
import type { GalleryContent } from '#store/gallery-content.ts';
import { controlHints } from '../guide/control-hints.tsx';
import { useActions } from '../hooks/store-context.ts';
import { Hint } from '../ui/Hint.tsx';
import '../ui/segmented.css';
import { OutcomeMark } from './OutcomeMark.tsx';
import { outcomeChoices } from './outcome-words.ts';

type GalleryFiltersProps = Pick<GalleryContent, 'counts' | 'filter' | 'noOutcomes'>;

export const GalleryFilters = ({ counts, filter, noOutcomes }: GalleryFiltersProps) => {
  const { decision } = useActions();
  const reason = useId();
  const known = noOutcomes === undefined;
  const types = [...counts.byDefectType];
  return (
    <div className="gallery-filters">
      <ToggleGroup.Root
        type="single"
        className="segmented segmented-compact gallery-outcomes number"
        aria-label="Outcome"
        aria-describedby={known ? undefined : reason}
        title={noOutcomes}
        value={filter.outcome ?? 'all'}
        disabled={!known}
        onValueChange={(value) => {
          // Nothing is pressed after a press on what is chosen: back to all.
          const outcome = outcomeChoices.find((choice) => choice.value === value)?.value;
          decision.setFilter({ outcome });
        }}
      >
        <Hint {...controlHints.allOutcomes} side="bottom">
          <ToggleGroup.Item value="all">All {counts.byOutcome.all}</ToggleGroup.Item>
        </Hint>
        {outcomeChoices.map(({ value, label, meaning }) => (
          <Hint key={value} text={noOutcomes ?? meaning} side="bottom">
            <ToggleGroup.Item value={value}>
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
          <select
            value={filter.defectType ?? ''}
            onChange={({ currentTarget }) =>
              decision.setFilter({ defectType: types[currentTarget.selectedIndex - 1]?.[0] })
            }
          >
            <option value="">all ({counts.anyDefectType})</option>
            {types.map(([type, count]) => (
              <option key={type} value={type}>
                {type} ({count})
              </option>
            ))}
          </select>
        </label>
      </Hint>
    </div>
  );
};
