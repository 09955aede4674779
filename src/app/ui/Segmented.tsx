/** One choice of a few, side by side. */
import { ToggleGroup } from 'radix-ui';
import './segmented.css';

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly title?: string }[];
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
    {options.map((option) => (
      <ToggleGroup.Item key={option.value} value={option.value} title={option.title}>
        {option.label}
      </ToggleGroup.Item>
    ))}
  </ToggleGroup.Root>
);
