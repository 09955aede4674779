/** Moves the lines of all crosshairs by style alone: no panel re-renders when the pointer moves. */
import { useEffect, useRef } from 'react';
import { type CrosshairState, crosshair } from './crosshair.ts';

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
    place(crosshair.getState());
    return crosshair.subscribe(place);
  }, []);
  return element;
};
