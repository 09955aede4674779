/** What training minimises: the loss, and the weight of each frequency. */

import { WeightDialog } from '../frequency-weight/WeightDialog.tsx';
import { useOpenMethod } from '../shared/use-open-method.ts';
import { Button } from '../ui/Button.tsx';
import { Section } from '../ui/Section.tsx';
import { LossChoice } from './objective/LossChoice.tsx';
import { LossSettings } from './objective/LossSettings.tsx';
import './objective/objective.css';

export const ObjectiveSection = () => {
  const openMethod = useOpenMethod();
  return (
    <Section
      title="Objective"
      aside={
        <span className="objective-links">
          <WeightDialog />
          <Button
            tone="bare"
            hint="The losses with their equations, on the page of the method."
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
