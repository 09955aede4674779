/** The size of an element, as it is now. */
import { type RefObject, useLayoutEffect, useState } from 'react';

/** In CSS pixels, without scroll bars. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Zeros before it is measured. What is hidden keeps the size that it had. */
export const useSize = (element: RefObject<HTMLElement | null>): Size => {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const measured = element.current;
    if (!measured) return;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = measured;
      if (width > 0)
        setSize((last) => (last.width === width && last.height === height ? last : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(measured);
    return () => observer.disconnect();
  }, [element]);
  return size;
};
