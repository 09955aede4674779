/** The page's button, with what it means in a hint. */
import type { ComponentProps } from 'react';
import { Hint, type HintContent } from './Hint.tsx';
import './button.css';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled' | 'title'> {
  readonly tone?: 'plain' | 'primary' | 'bare';
  /** What it does; undefined where what is around it says so, as in a dialog that asks. */
  readonly hint?: string | HintContent | undefined;
  readonly hintSide?: 'top' | 'right' | 'bottom' | 'left';
  /** Why it does nothing now; undefined where it works. It keeps the focus and its hint, which says so. */
  readonly blocked?: string | undefined;
}

export const Button = ({
  tone = 'plain',
  className = '',
  hint,
  hintSide = 'bottom',
  blocked,
  onClick,
  ...rest
}: ButtonProps) => {
  const button = (
    <button
      type="button"
      className={`button button-${tone} ${className}`}
      aria-disabled={blocked !== undefined || undefined}
      onClick={blocked === undefined ? onClick : undefined}
      {...rest}
    />
  );
  if (hint === undefined) return button;
  const content = typeof hint === 'string' ? { text: hint } : hint;
  return (
    <Hint {...content} blocked={blocked} side={hintSide}>
      {button}
    </Hint>
  );
};
