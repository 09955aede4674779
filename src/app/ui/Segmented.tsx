/** A choice among a few options, side by side. */
import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { Hint, type HintContent } from './Hint.tsx';
import './segmented.css';

interface SegmentedOption<T extends string> {
  readonly value: T;
  readonly label: ReactNode;
  readonly hint: HintContent;
  /** Why this option is blocked now; undefined if it works. */
  readonly blocked?: string | undefined;
}

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly SegmentedOption<T>[];
  readonly onChange: (value: T) => void;
  /** Why the choice is blocked now; undefined if it works. */
  readonly blocked?: string | undefined;
  readonly compact?: boolean;
}

export const Segmented = <T extends string>({
  label,
  value,
  options,
  onChange,
  blocked,
  compact = false,
}: SegmentedProps<T>) => (
  <ToggleGroup.Root
    type="single"
    className={compact ? 'segmented segmented-compact' : 'segmented'}
    aria-label={label}
    value={value}
    onValueChange={(chosen) => {
      const option = options.find((candidate) => candidate.value === chosen);
      if (option && blocked === undefined && option.blocked === undefined) onChange(option.value);
    }}
  >
    {options.map(({ value: own, label: name, hint, blocked: ownBlocked }) => {
      const why = blocked ?? ownBlocked;
      return (
        <Hint key={own} side="bottom" blocked={why} {...hint}>
          <ToggleGroup.Item value={own} aria-disabled={why !== undefined || undefined}>
            {name}
          </ToggleGroup.Item>
        </Hint>
      );
    })}
  </ToggleGroup.Root>
);
