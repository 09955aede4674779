/** Makes a scrolling element reachable by keyboard: it is focusable while its content overflows. */
import { type FocusEvent, type RefCallback, useCallback, useState } from 'react';
import './scroll-region.css';

/** The direction in which a region may scroll. */
export type ScrollAxis = 'x' | 'y' | 'both';

/** Attributes of the scrolling element, which has its own role and name. */
export interface ScrollRegion {
  readonly ref: RefCallback<HTMLElement>;
  readonly tabIndex: 0 | undefined;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly 'data-scroll-region': ScrollAxis;
  /** Directions in which the content overflows now. */
  readonly 'data-overflows': string | undefined;
}

const overflowOf = (element: HTMLElement): string | undefined => {
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
  const { overflowX, overflowY } = getComputedStyle(element);
  const sideways = overflowX === 'auto' && scrollWidth > clientWidth;
  const upright = overflowY === 'auto' && scrollHeight > clientHeight;
  if (!sideways) return upright ? 'y' : undefined;
  return upright ? 'x y' : 'x';
};

/** Calls back when the element or its content may have changed size; returns a function that stops the calls. */
const watchOverflow = (element: HTMLElement, onChange: () => void): (() => void) => {
  const sizes = new ResizeObserver(onChange);
  const observe = (): void => {
    sizes.disconnect();
    sizes.observe(element);
    for (const child of element.children) sizes.observe(child);
  };
  const children = new MutationObserver(observe);
  children.observe(element, { childList: true });
  observe();
  return () => {
    children.disconnect();
    sizes.disconnect();
  };
};

/** Marks a region that the pointer focused: keys then belong to the page. */
const markPointer = ({ target, currentTarget }: FocusEvent<HTMLElement>): void => {
  if (target === currentTarget) {
    currentTarget.toggleAttribute('data-focused-by-pointer', !currentTarget.matches(':focus-visible'));
  }
};

/**
 * Returns props to spread on an element. This is the only way to make an element scroll: no other rule of the page's
 * style sheets has `overflow: auto`, so the keyboard reaches everything that scrolls.
 */
export const useScrollRegion = (axis: ScrollAxis): ScrollRegion => {
  const [overflows, setOverflows] = useState<string>();
  const ref = useCallback(
    (element: HTMLElement) => watchOverflow(element, () => setOverflows(overflowOf(element))),
    [],
  );
  return {
    ref,
    tabIndex: overflows === undefined ? undefined : 0,
    onFocus: markPointer,
    'data-scroll-region': axis,
    'data-overflows': overflows,
  };
};

/** Whether an event belongs to a region that scrolls sideways and therefore uses the left and right keys. */
export const scrollsSideways = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches('[data-overflows^="x"]:not([data-focused-by-pointer])');
