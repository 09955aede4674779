/** Links to the sections of the results, in view wherever they are scrolled to; the present one is marked. */
import { useEffect, useRef, useState } from 'react';
import { currentSection, isSameList, type SectionLink, sectionLinks } from './section-links.ts';
import './section-links.css';

/** The sections of the column by their titles. */
const sectionsIn = (nav: HTMLElement): ReadonlyMap<string, HTMLElement> =>
  new Map(
    [...(nav.parentElement?.querySelectorAll<HTMLElement>('[data-section]') ?? [])].map((section) => [
      section.dataset['section'] ?? '',
      section,
    ]),
  );

/** Scrolls the column, or the page if that scrolls, until the section begins below the links. */
const scrollTo = (nav: HTMLElement, section: HTMLElement): void => {
  const column = nav.parentElement;
  const { top } = section.getBoundingClientRect();
  if (column && getComputedStyle(column).overflowY === 'auto') {
    column.scrollBy({ top: top - nav.getBoundingClientRect().bottom, behavior: 'instant' });
    return;
  }
  const stuckEnd = (Number.parseFloat(getComputedStyle(nav).top) || 0) + nav.offsetHeight;
  window.scrollBy({ top: top - stuckEnd, behavior: 'instant' });
};

interface Shown {
  /** The links whose section exists. */
  readonly links: readonly SectionLink[];
  /** Title of the section at the upper edge. */
  readonly current: string | undefined;
}

export const SectionLinks = () => {
  const nav = useRef<HTMLElement>(null);
  /** The last target of a link: it may be too far down to reach the upper edge. */
  const target = useRef<string>(undefined);
  const [{ links, current }, setShown] = useState<Shown>({ links: [], current: undefined });

  useEffect(() => {
    const element = nav.current;
    const column = element?.nextElementSibling;
    if (!element || !column) return;
    let frame = 0;
    const look = (): void => {
      frame = 0;
      const sections = sectionsIn(element);
      const present = sectionLinks.filter(({ title }) => sections.has(title));
      const end = element.getBoundingClientRect().bottom;
      const tops = present.map(({ title }) => (sections.get(title)?.getBoundingClientRect().top ?? 0) - end);
      const at = target.current ?? present[currentSection(tops)]?.title;
      setShown((before) =>
        before.current === at && isSameList(before.links, present) ? before : { links: present, current: at },
      );
    };
    const schedule = (): void => {
      frame ||= requestAnimationFrame(look);
    };
    const byUser = (): void => {
      target.current = undefined;
    };
    look();
    const changes = new MutationObserver(schedule);
    changes.observe(column, { childList: true });
    const ends = new AbortController();
    const { signal } = ends;
    // The column or the page scrolls: scroll events of elements do not bubble.
    document.addEventListener('scroll', schedule, { capture: true, passive: true, signal });
    for (const name of ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const)
      document.addEventListener(name, byUser, { capture: true, passive: true, signal });
    return () => {
      ends.abort();
      changes.disconnect();
      cancelAnimationFrame(frame);
    };
  }, []);

  const go = (title: string, byKey: boolean): void => {
    const element = nav.current;
    const section = element && sectionsIn(element).get(title);
    if (!section) return;
    target.current = title;
    const toggle = section.querySelector<HTMLElement>('h2 button');
    if (toggle?.ariaExpanded === 'false') toggle.click();
    scrollTo(element, section);
    // The next Tab goes on from there.
    if (byKey) toggle?.focus({ preventScroll: true });
    setShown((before) => ({ ...before, current: title }));
  };

  return (
    <nav className="section-links" aria-label="Sections of the results" ref={nav}>
      {links.map(({ label, title }) => (
        <button
          key={title}
          type="button"
          // The toggles of the sections have the same words.
          aria-label={`Go to ${label}`}
          aria-current={title === current || undefined}
          onClick={({ detail }) => go(title, detail === 0)}
        >
          {label}
        </button>
      ))}
    </nav>
  );
};
