/** The current size of an element. */
import { type RefObject, useLayoutEffect, useState } from 'react';

/** In CSS pixels, without border and scroll bars. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Undefined until the first layout. A hidden element retains its last size. */
export const useSize = (element: RefObject<Element | null>): Size | undefined => {
  const [size, setSize] = useState<Size>();
  useLayoutEffect(() => {
    const measured = element.current;
    if (!measured) return;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = measured;
      if (width > 0 && height > 0)
        setSize((last) => (last?.width === width && last.height === height ? last : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(measured);
    return () => observer.disconnect();
  }, [element]);
  return size;
};
