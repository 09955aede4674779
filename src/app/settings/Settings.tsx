/** The settings column: data, objective, training, score, device. */
import type { ReactNode } from 'react';
import { useScrollRegion } from '../ui/use-scroll-region.ts';
import { DataSection } from './DataSection.tsx';
import { DeviceSection } from './DeviceSection.tsx';
import { ObjectiveSection } from './ObjectiveSection.tsx';
import { ScoreSection } from './ScoreSection.tsx';
import { TrainingSection } from './TrainingSection.tsx';
import './settings.css';

/** @param weightDialog the button of the weight's dialog, for the objective */
export const Settings = ({ weightDialog }: { readonly weightDialog: ReactNode }) => (
  <aside className="settings" aria-label="Data and settings" {...useScrollRegion('y')}>
    <DataSection />
    <ObjectiveSection weightDialog={weightDialog} />
    <TrainingSection />
    <ScoreSection />
    <DeviceSection />
  </aside>
);
