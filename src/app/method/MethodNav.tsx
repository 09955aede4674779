/** The contents of the method page; the visible section is marked. */
import { useEffect, useState } from 'react';
import { type MethodSectionId, methodSections } from '../shared/method-sections.ts';

const sectionIds = Object.keys(methodSections) as MethodSectionId[];

/** A section counts as visible once it has reached the upper third of the window. */
const upperThird = '0px 0px -66% 0px';

const isSection = (id: string): id is MethodSectionId => id in methodSections;

const useSectionInSight = (): MethodSectionId => {
  const [current, setCurrent] = useState<MethodSectionId>('idea');
  useEffect(() => {
    const inSight = new Set<string>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) inSight.add(target.id);
          else inSight.delete(target.id);
        }
        const last = sectionIds.filter((id) => inSight.has(id)).at(-1);
        if (last) setCurrent(last);
      },
      { rootMargin: upperThird },
    );
    for (const section of document.querySelectorAll('[data-method-section]')) {
      if (isSection(section.id)) observer.observe(section);
    }
    return () => observer.disconnect();
  }, []);
  return current;
};

export const showSection = (id: MethodSectionId): void => {
  const section = document.getElementById(id);
  section?.scrollIntoView({ block: 'start' });
};

export const MethodNav = () => {
  const current = useSectionInSight();
  return (
    <nav className="method-nav" aria-label="Contents">
      <ul>
        {sectionIds.map((id) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === current ? 'true' : undefined}
              onClick={() => showSection(id)}
            >
              {methodSections[id]}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
};
