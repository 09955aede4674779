/** Heights of the header's parts as style variables: in a narrow window, its last rows stay in view above the strip. */
import { useEffect } from 'react';

/** Sets `--header-away` (the part that scrolls away) and `--header-stuck` (the part that stays), in pixels. */
export const useStickyHeader = (): void => {
  useEffect(() => {
    const header = document.querySelector<HTMLElement>('.header');
    const transport = header?.querySelector<HTMLElement>('.transport');
    if (!header || !transport) return;
    const { style } = document.documentElement;
    const measure = (): void => {
      const stays = getComputedStyle(header).position === 'sticky';
      const away = stays ? Math.max(0, transport.offsetTop - 6) : 0;
      style.setProperty('--header-away', `${away}px`);
      style.setProperty('--header-stuck', `${stays ? header.offsetHeight - away : 0}px`);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(header);
    return () => {
      observer.disconnect();
      style.removeProperty('--header-away');
      style.removeProperty('--header-stuck');
    };
  }, []);
};
