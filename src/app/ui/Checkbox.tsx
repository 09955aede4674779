/** A box to tick. */
import type { ComponentProps } from 'react';

interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'onChange' | 'disabled'> {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Whether it cannot be changed now. It keeps the focus, for its hint. */
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
