/**
 * Opens a tooltip without hover. By touch: on a long press, or on a tap of a label or a blocked control. By keyboard: when
 * moving the focus scrolls, which closes tooltips.
 */
import {
  type FocusEvent,
  type MouseEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';

const longPressMs = 500;

/** A finger that moves farther scrolls. */
const stillPx = 10;

/** A focus within this time after a press comes from the pointer, not from the keyboard. */
const pressedForMs = 700;

/** Controls that use a tap themselves; a tap of their label opens the hint. */
const control = 'button, input, select, summary, a, [role="slider"]';

interface Press {
  readonly timer: ReturnType<typeof setTimeout>;
  readonly x: number;
  readonly y: number;
}

export type HintState = ReturnType<typeof useHint>;

/** Closes the open hint; only one is open at a time. */
let closeOpenHint: (() => void) | undefined;

/** `handlers` go on the trigger, `open` and `setOpen` to the tooltip. */
export const useHint = () => {
  const [open, setOpenState] = useState(false);
  const close = useCallback(() => setOpenState(false), []);
  const setOpen = useCallback(
    (next: boolean): void => {
      if (next) {
        if (closeOpenHint !== close) closeOpenHint?.();
        closeOpenHint = close;
      }
      setOpenState(next);
    },
    [close],
  );
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
      // Open only here, and once: after Escape the hint stays closed.
      event.preventDefault();
      // A focus without an outline came from a press, or returned after a dialog.
      if (!target.matches(':focus-visible')) return;
      if (timeStamp - pressedAtMs.current < pressedForMs) return;
      // The scroll event of the focus comes in the next frame and closes open tooltips.
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
    onPointerMove: (event: PointerEvent): void => {
      const { clientX, clientY, movementX, movementY } = event;
      // The page scrolled under a resting pointer: the tooltip must not open.
      if (movementX === 0 && movementY === 0) event.preventDefault();
      const { current } = press;
      if (current && Math.hypot(clientX - current.x, clientY - current.y) > stillPx) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onClickCapture: (event: MouseEvent): void => {
      if (!longPressed.current) return;
      // A long press only opens the hint.
      longPressed.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
    onClick: (event: MouseEvent): void => {
      const { nativeEvent, target } = event;
      const touched = 'pointerType' in nativeEvent && nativeEvent.pointerType === 'touch';
      if (!touched || !(target instanceof Element)) return;
      // A blocked control only shows the reason.
      if (target.closest(control) && !target.closest('[aria-disabled="true"]')) return;
      const named = target.closest('label')?.control;
      if (named instanceof HTMLInputElement && named.type === 'checkbox') return;
      // Do not focus the field, which would open a keyboard, and do not close the hint.
      event.preventDefault();
      setOpen(true);
    },
  };
  return { open, setOpen, handlers };
};
