/** A section of the method page: text and equations, beside the controls that they govern. */
import { createContext, type ReactNode, useContext } from 'react';
import { type MethodSectionId, methodSections } from '../shared/method-sections.ts';

/** The controls of the settings column, by the section that explains them. */
export const MethodControls = createContext<Partial<Record<MethodSectionId, ReactNode>>>({});

interface MethodSectionProps {
  readonly id: MethodSectionId;
  readonly children: ReactNode;
}

export const MethodSection = ({ id, children }: MethodSectionProps) => {
  const controls = useContext(MethodControls)[id];
  return (
    <section id={id} className="method-section" aria-labelledby={`${id}-title`} data-method-section>
      <h2 id={`${id}-title`}>{methodSections[id]}</h2>
      <div className={controls ? 'method-columns' : undefined}>
        <div className="method-text">{children}</div>
        {controls && <div className="method-controls">{controls}</div>}
      </div>
    </section>
  );
};

/** A deviation from the paper, with its reason. */
export const Deviation = ({ children }: { readonly children: ReactNode }) => (
  <p className="method-deviation">
    <b>Here</b> {children}
  </p>
);

/** A measurement and its conditions. */
export const Finding = ({ children }: { readonly children: ReactNode }) => (
  <p className="method-finding">
    <b>Measured</b> {children}
  </p>
);
