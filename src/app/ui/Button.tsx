/** The page's button, with a hint. */
import type { ComponentProps } from 'react';
import { Hint, type HintContent } from './Hint.tsx';
import './button.css';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled' | 'title'> {
  readonly tone?: 'plain' | 'primary' | 'bare';
  /** The effect; undefined if the context says it, as in a dialog. */
  readonly hint?: string | HintContent | undefined;
  readonly hintSide?: 'top' | 'right' | 'bottom' | 'left';
  /** Why the button is blocked now; undefined if it works. A blocked button stays focusable, and its hint says why. */
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
