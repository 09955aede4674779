/** The hint of a control, with its equation. Opens on hover and focus; by touch, on a tap of the label or a long press. */
import { Tooltip } from 'radix-ui';
import { lazy, type ReactElement, Suspense } from 'react';
import type { HintEquationName } from './equations/hint-equations.ts';
import { type HintState, useHint } from './use-hint.ts';
import './hint.css';

export interface HintContent {
  readonly text: string;
  /** The equation that the control's value enters, if there is one. */
  readonly equation?: HintEquationName | undefined;
}

interface HintProps extends HintContent {
  /** Why the control is blocked now; undefined if it works. */
  readonly blocked?: string | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left' | undefined;
  readonly children: ReactElement;
}

interface HintAtProps extends HintProps {
  readonly state: HintState;
}

const HintEquation = lazy(() => import('./equations/HintEquation.tsx'));

/** Below this width of the window, in CSS pixels, nothing fits beside a control. */
const narrowWidth = 720;

/** A hint whose control is not the child: the child opens it on hover, and the control passes its focus to `state`. */
export const HintAt = ({ state, text, equation, blocked, side = 'right', children }: HintAtProps) => {
  const { open, setOpen, handlers } = state;
  const beside = side === 'left' || side === 'right';
  return (
    <Tooltip.Root open={open} onOpenChange={setOpen}>
      <Tooltip.Trigger asChild data-hint {...handlers}>
        {children}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        {/* Outside the page's landmarks, so it is a landmark itself. */}
        <section aria-label="Hint">
          <Tooltip.Content
            className="hint"
            side={beside && innerWidth <= narrowWidth ? 'top' : side}
            sideOffset={8}
            collisionPadding={8}
          >
            <p className="hint-text">{text}</p>
            {blocked !== undefined && <p className="hint-blocked">{blocked}</p>}
            {equation && (
              <Suspense>
                <HintEquation name={equation} />
              </Suspense>
            )}
          </Tooltip.Content>
        </section>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
};

export const Hint = (props: HintProps) => <HintAt {...props} state={useHint()} />;
