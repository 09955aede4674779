/** A choice among many options. */
import type { ComponentProps } from 'react';

interface SelectProps<T extends string | number>
  extends Omit<ComponentProps<'select'>, 'value' | 'onChange' | 'disabled' | 'children'> {
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
  /** Whether the choice is blocked now. It stays focusable, for its hint, and shows the options. */
  readonly blocked?: boolean;
}

export const Select = <T extends string | number>({
  value,
  options,
  onChange,
  blocked = false,
  ...rest
}: SelectProps<T>) => (
  <select
    {...rest}
    value={String(value)}
    aria-disabled={blocked || undefined}
    onChange={({ currentTarget }) => {
      const option = options[currentTarget.selectedIndex];
      if (option) onChange(option.value);
    }}
  >
    {options.map((option) => (
      <option
        key={String(option.value)}
        value={String(option.value)}
        disabled={blocked && option.value !== value}
      >
        {option.label}
      </option>
    ))}
  </select>
);
