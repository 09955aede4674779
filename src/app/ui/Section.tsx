/** A titled part of a side column. */
import { type ReactNode, useId } from 'react';
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
  return (
    <section className={`section ${className}`} aria-labelledby={id}>
      <div className="section-title">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
};
