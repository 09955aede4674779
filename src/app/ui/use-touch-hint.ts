/** Opens a tooltip by touch, where nothing hovers: a tap on what is no control itself, or a long press on anything. */
import { type MouseEvent, type PointerEvent, useEffect, useRef, useState } from 'react';

const longPressMs = 500;

/** A finger that moves further is scrolling. */
const stillPx = 10;

/** What a tap already does something to; its label's tap opens the hint. */
const control = 'button, input, select, a, [role="slider"]';

interface Press {
  readonly timer: ReturnType<typeof setTimeout>;
  readonly x: number;
  readonly y: number;
}

/** `touch` goes on the trigger, `open` and `setOpen` to the tooltip. */
export const useTouchHint = () => {
  const [open, setOpen] = useState(false);
  const press = useRef<Press>(undefined);
  const longPressed = useRef(false);

  const end = (): void => {
    if (press.current) clearTimeout(press.current.timer);
    press.current = undefined;
  };
  useEffect(() => () => clearTimeout(press.current?.timer), []);

  const touch = {
    onPointerDown: ({ pointerType, clientX, clientY }: PointerEvent): void => {
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
      if (!touched || !(target instanceof Element) || target.closest(control)) return;
      const named = target.closest('label')?.control;
      if (named instanceof HTMLInputElement && named.type === 'checkbox') return;
      // Neither focuses the field, which would bring up a keyboard, nor closes the hint, as a click does otherwise.
      event.preventDefault();
      setOpen(true);
    },
  };
  return { open, setOpen, touch };
};
