/** A titled part of a side column that folds to its title. */
import { type ReactNode, useId, useState } from 'react';
import { rememberFolded, wasFolded } from './folded-sections.ts';
import { ChevronIcon } from './icons.tsx';
import './section.css';

interface SectionProps {
  readonly title: string;
  /** Stands at the right end of the title line. */
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

export const Section = ({ title, aside, className = '', children }: SectionProps) => {
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
      data-folded={folded}
    >
      <div className="section-title">
        <h2>
          <button
            type="button"
            className="section-toggle"
            aria-expanded={!folded}
            title={folded ? 'Unfold' : 'Fold to this title'}
            onClick={toggle}
          >
            <span id={id}>{title}</span>
            <ChevronIcon />
          </button>
        </h2>
        {aside}
      </div>
      {!folded && children}
    </section>
  );
};
