/** One choice of a few, side by side. */
import { ToggleGroup } from 'radix-ui';
import type { ReactElement } from 'react';
import { Hint } from './Hint.tsx';
import './segmented.css';

interface SegmentedOption<T extends string> {
  readonly value: T;
  readonly label: string;
  /** What the option means, with its equation. */
  readonly hint?: { readonly text: string; readonly equation?: ReactElement };
}

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly SegmentedOption<T>[];
  readonly onChange: (value: T) => void;
  readonly disabled?: boolean;
  readonly compact?: boolean;
}

export const Segmented = <T extends string>({
  label,
  value,
  options,
  onChange,
  disabled = false,
  compact = false,
}: SegmentedProps<T>) => (
  <ToggleGroup.Root
    type="single"
    className={compact ? 'segmented segmented-compact' : 'segmented'}
    aria-label={label}
    value={value}
    disabled={disabled}
    onValueChange={(chosen) => {
      const option = options.find((candidate) => candidate.value === chosen);
      if (option) onChange(option.value);
    }}
  >
    {options.map(({ value: own, label: name, hint }) => {
      const item = (
        <ToggleGroup.Item key={own} value={own}>
          {name}
        </ToggleGroup.Item>
      );
      return hint ? (
        <Hint key={own} side="bottom" {...hint}>
          {item}
        </Hint>
      ) : (
        item
      );
    })}
  </ToggleGroup.Root>
);
