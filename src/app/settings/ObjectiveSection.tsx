/** The training objective: the loss and the weight of each frequency. */
import type { ReactNode } from 'react';
import { useOpenMethod } from '../shared/method-sections.ts';
import { Button } from '../ui/Button.tsx';
import { Section } from '../ui/Section.tsx';
import { LossChoice, LossSettings } from './objective/LossSettings.tsx';
import './settings.css';

/** @param weightDialog the button of the weight's dialog */
export const ObjectiveSection = ({ weightDialog }: { readonly weightDialog: ReactNode }) => {
  const openMethod = useOpenMethod();
  return (
    <Section
      title="Objective"
      aside={
        <span className="objective-links">
          {weightDialog}
          <Button
            tone="bare"
            hint="Opens the losses and their equations on the Method page."
            onClick={() => openMethod('losses')}
          >
            Explain
          </Button>
        </span>
      }
    >
      <LossChoice />
      <LossSettings />
    </Section>
  );
};
