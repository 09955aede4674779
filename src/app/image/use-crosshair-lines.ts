/** Moves the lines of all crosshairs by style alone: no panel re-renders when the pointer moves. */
import { useEffect, useRef } from 'react';
import { type CrosshairState, clearCrosshair, crosshair } from './crosshair.ts';

/** Returns a ref for the element around all panels. */
export const useCrosshairLines = () => {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = (state: CrosshairState): void => {
      for (const kind of ['image', 'spectrum'] as const) {
        const at = state[kind];
        element.current?.toggleAttribute(`data-${kind}`, at !== undefined);
        element.current?.style.setProperty(`--${kind}-x`, `${100 * (at?.x ?? 0)}%`);
        element.current?.style.setProperty(`--${kind}-y`, `${100 * (at?.y ?? 0)}%`);
      }
    };
    // An open dialog, menu or hint closes first, and prevents the key's default.
    const onKeyDown = ({ key, defaultPrevented }: KeyboardEvent): void => {
      if (key === 'Escape' && !defaultPrevented) clearCrosshair();
    };
    place(crosshair.getState());
    document.addEventListener('keydown', onKeyDown);
    const unsubscribe = crosshair.subscribe(place);
    return () => {
      unsubscribe();
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
  return element;
};
