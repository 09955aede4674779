/** A checkbox. */
import type { ComponentProps } from 'react';

interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'onChange' | 'disabled'> {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Whether it is blocked now. It stays focusable, for its hint. */
  readonly blocked?: boolean;
}

export const Checkbox = ({ blocked = false, onChange, ...rest }: CheckboxProps) => (
  <input
    type="checkbox"
    aria-disabled={blocked || undefined}
    onChange={({ currentTarget }) => {
      if (!blocked) onChange(currentTarget.checked);
    }}
    {...rest}
  />
);
