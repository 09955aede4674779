/** The width of an element, as it is now. */
import { type RefObject, useLayoutEffect, useState } from 'react';

/** In CSS pixels, without a vertical scroll bar; 0 before it is measured. What is hidden keeps the width that it had. */
export const useWidth = (element: RefObject<HTMLElement | null>): number => {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const measured = element.current;
    if (!measured) return;
    const measure = (): void => {
      if (measured.clientWidth > 0) setWidth(measured.clientWidth);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(measured);
    return () => observer.disconnect();
  }, [element]);
  return width;
};
