/** Heights of what stays in view of a narrow page, as style variables: the last rows of the header, and the strip below them. */
import { useEffect } from 'react';

/**
 * Sets `--header-away` (the part of the header that scrolls away), `--header-stuck` (the part that stays) and `--strip-stuck` (the
 * strip), in pixels.
 */
export const useStickyHeader = (): void => {
  useEffect(() => {
    const header = document.querySelector<HTMLElement>('.header');
    const transport = header?.querySelector<HTMLElement>('.transport');
    if (!header || !transport) return;
    const strip = document.querySelector<HTMLElement>('.narrow-strip');
    const { style } = document.documentElement;
    const measure = (): void => {
      const stays = getComputedStyle(header).position === 'sticky';
      const away = stays ? Math.max(0, transport.offsetTop - 6) : 0;
      style.setProperty('--header-away', `${away}px`);
      style.setProperty('--header-stuck', `${stays ? header.offsetHeight - away : 0}px`);
      style.setProperty('--strip-stuck', `${strip?.offsetHeight ?? 0}px`);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(header);
    if (strip) observer.observe(strip);
    return () => {
      observer.disconnect();
      style.removeProperty('--header-away');
      style.removeProperty('--header-stuck');
      style.removeProperty('--strip-stuck');
    };
  }, []);
};
