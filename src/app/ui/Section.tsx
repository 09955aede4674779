/** A titled part of a side column that folds to its title. */
import { type ReactNode, useId, useState } from 'react';
import * as v from 'valibot';
import { recall, remember } from './browser-memory.ts';
import { Hint } from './Hint.tsx';
import { ChevronIcon } from './icons.tsx';
import './section.css';

const key = 'residua-folded-sections';

/** Data of another version is ignored: nothing is folded then. */
const read = (): readonly string[] => {
  try {
    return v.parse(v.array(v.string()), JSON.parse(recall(key) ?? '[]'));
  } catch {
    return [];
  }
};

const wasFolded = (title: string): boolean => read().includes(title);

/** Saves whether a section is folded. */
const rememberFolded = (title: string, folded: boolean): void => {
  const others = read().filter((other) => other !== title);
  remember(key, JSON.stringify(folded ? [...others, title] : others));
};

interface SectionProps {
  readonly title: string;
  /** The right end of the title line. */
  readonly aside?: ReactNode;
  readonly className?: string;
  /** Whether its figures are of the present evaluation, for their veil; undefined if they depend on none. */
  readonly shown?: 'current' | 'stale' | 'pending';
  readonly children: ReactNode;
}

export const Section = ({ title, aside, className = '', shown, children }: SectionProps) => {
  const id = useId();
  const [folded, setFolded] = useState(() => wasFolded(title));
  const toggle = (): void => {
    setFolded(!folded);
    rememberFolded(title, !folded);
  };
  return (
    <section
      className={`section ${folded ? 'section-folded' : ''} ${className}`}
      aria-labelledby={id}
      data-section={title}
      data-folded={folded}
      data-shown={shown}
    >
      <div className="section-title">
        <h2>
          <Hint text={folded ? 'Unfolds this section.' : 'Folds this section to its title.'} side="top">
            <button type="button" className="section-toggle" aria-expanded={!folded} onClick={toggle}>
              <span id={id}>{title}</span>
              <ChevronIcon />
            </button>
          </Hint>
        </h2>
        {aside}
      </div>
      {!folded && children}
    </section>
  );
};
