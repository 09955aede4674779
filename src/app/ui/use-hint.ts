/**
 * Opens a tooltip where hovering does not: by touch, on a long press of anything, or a tap of what is no control itself or
 * does nothing now; and by keyboard, where moving the focus scrolls, which closes tooltips.
 */
import { type FocusEvent, type MouseEvent, type PointerEvent, useEffect, useRef, useState } from 'react';

const longPressMs = 500;

/** A finger that moves further is scrolling. */
const stillPx = 10;

/** A focus that comes sooner after a press is the pointer's, not the keyboard's. */
const pressedForMs = 700;

/** What a tap already does something to; its label's tap opens the hint. */
const control = 'button, input, select, summary, a, [role="slider"]';

interface Press {
  readonly timer: ReturnType<typeof setTimeout>;
  readonly x: number;
  readonly y: number;
}

export type HintState = ReturnType<typeof useHint>;

/** `handlers` go on the trigger, `open` and `setOpen` to the tooltip. */
export const useHint = () => {
  const [open, setOpen] = useState(false);
  const press = useRef<Press>(undefined);
  const longPressed = useRef(false);
  const pressedAtMs = useRef(Number.NEGATIVE_INFINITY);

  const end = (): void => {
    if (press.current) clearTimeout(press.current.timer);
    press.current = undefined;
  };
  useEffect(() => () => clearTimeout(press.current?.timer), []);

  const handlers = {
    onFocus: (event: FocusEvent): void => {
      const { currentTarget, target, timeStamp } = event;
      // Opened here alone, and once: what Escape has closed stays so.
      event.preventDefault();
      // A focus that shows no outline came by a press, or went back to where a dialog was opened.
      if (!target.matches(':focus-visible')) return;
      if (timeStamp - pressedAtMs.current < pressedForMs) return;
      // The scrolling that brought the control into view is told in the next frame, and closes what is open then.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          if (currentTarget.contains(document.activeElement)) setOpen(true);
        }),
      );
    },
    onPointerDown: ({ pointerType, clientX, clientY, timeStamp }: PointerEvent): void => {
      pressedAtMs.current = timeStamp;
      longPressed.current = false;
      if (pointerType !== 'touch') return;
      end();
      const timer = setTimeout(() => {
        longPressed.current = true;
        setOpen(true);
      }, longPressMs);
      press.current = { timer, x: clientX, y: clientY };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent): void => {
      const { current } = press;
      if (current && Math.hypot(clientX - current.x, clientY - current.y) > stillPx) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onClickCapture: (event: MouseEvent): void => {
      if (!longPressed.current) return;
      // The press asked what the control does: it does nothing then.
      longPressed.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
    onClick: (event: MouseEvent): void => {
      const { nativeEvent, target } = event;
      const touched = 'pointerType' in nativeEvent && nativeEvent.pointerType === 'touch';
      if (!touched || !(target instanceof Element)) return;
      // A control that does nothing now has nothing to do but to say why.
      if (target.closest(control) && !target.closest('[aria-disabled="true"]')) return;
      const named = target.closest('label')?.control;
      if (named instanceof HTMLInputElement && named.type === 'checkbox') return;
      // Neither focuses the field, which would bring up a keyboard, nor closes the hint, as a click does otherwise.
      event.preventDefault();
      setOpen(true);
    },
  };
  return { open, setOpen, handlers };
};
