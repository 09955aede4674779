/** A tooltip: what a control means, and its equation. On hover and focus; by touch on a tap of the label, or a long press. */
import { Tooltip } from 'radix-ui';
import type { ReactElement } from 'react';
import { useHint } from './use-hint.ts';
import './hint.css';

interface HintProps {
  readonly text: string;
  /** MathML. */
  readonly equation?: ReactElement | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly children: ReactElement<{ readonly disabled?: boolean | undefined }>;
}

export const Hint = ({ text, equation, side = 'right', children }: HintProps) => {
  const { open, setOpen, handlers } = useHint();
  return (
    <Tooltip.Root open={open} onOpenChange={setOpen}>
      {/* A control that is disabled has neither hover nor focus, but browsers show its title. */}
      <Tooltip.Trigger asChild data-hint title={children.props.disabled ? text : undefined} {...handlers}>
        {children}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="hint" side={side} sideOffset={8} collisionPadding={8}>
          {text}
          {equation && (
            <math display="block" className="hint-equation">
              {equation}
            </math>
          )}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
};
