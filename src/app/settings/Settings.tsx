/** What the user sets, in the order in which one thinks of it: data, objective, training, score, device. */
import { useScrollRegion } from '../ui/use-scroll-region.ts';
import { DataSection } from './DataSection.tsx';
import { DeviceSection } from './DeviceSection.tsx';
import { ObjectiveSection } from './ObjectiveSection.tsx';
import { ScoreSection } from './ScoreSection.tsx';
import { TrainingSection } from './TrainingSection.tsx';
import './settings.css';

export const Settings = () => (
  <aside className="settings" aria-label="Data and settings" {...useScrollRegion('y')}>
    <DataSection />
    <ObjectiveSection />
    <TrainingSection />
    <ScoreSection />
    <DeviceSection />
  </aside>
);
