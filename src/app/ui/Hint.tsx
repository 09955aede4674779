/** What a control means, on hover and on focus. */
import { Tooltip } from 'radix-ui';
import type { ReactElement } from 'react';
import './hint.css';

interface HintProps {
  readonly text: string;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly children: ReactElement;
}

export const Hint = ({ text, side = 'right', children }: HintProps) => (
  <Tooltip.Root>
    <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
    <Tooltip.Portal>
      <Tooltip.Content className="hint" side={side} sideOffset={8} collisionPadding={8}>
        {text}
      </Tooltip.Content>
    </Tooltip.Portal>
  </Tooltip.Root>
);
