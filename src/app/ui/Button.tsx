/** The page's button. */
import type { ComponentProps } from 'react';
import './button.css';

interface ButtonProps extends ComponentProps<'button'> {
  readonly tone?: 'plain' | 'primary' | 'bare';
}

export const Button = ({ tone = 'plain', className = '', ...rest }: ButtonProps) => (
  <button type="button" className={`button button-${tone} ${className}`} {...rest} />
);
