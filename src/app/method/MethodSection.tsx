/** One section of the method page: explanation and equations, and beside them the controls that they govern. */
import type { ReactNode } from 'react';
import { type SectionId, sectionTitles } from '../shared/section-ids.ts';

interface MethodSectionProps {
  readonly id: SectionId;
  /** The real controls of the settings column. */
  readonly controls?: ReactNode;
  readonly children: ReactNode;
}

export const MethodSection = ({ id, controls, children }: MethodSectionProps) => (
  <section id={id} className="method-section" aria-labelledby={`${id}-title`} data-method-section>
    <h2 id={`${id}-title`}>{sectionTitles[id]}</h2>
    <div className={controls ? 'method-columns' : undefined}>
      <div className="method-text">{children}</div>
      {controls && <div className="method-controls">{controls}</div>}
    </div>
  </section>
);

/** Where the code departs from the paper, and why. */
export const Deviation = ({ children }: { readonly children: ReactNode }) => (
  <p className="method-deviation">
    <b>Here</b> {children}
  </p>
);

/** What was measured, and on what. */
export const Finding = ({ children }: { readonly children: ReactNode }) => (
  <p className="method-finding">
    <b>Measured</b> {children}
  </p>
);
