/** The method: each equation beside the controls that it governs. */
import { type ReactNode, useEffect } from 'react';
import { type MethodSectionId, methodTarget } from '../shared/method-sections.ts';
import { MethodNav, showSection } from './MethodNav.tsx';
import { MethodControls } from './MethodSection.tsx';
import { BaselinesSection } from './sections/BaselinesSection.tsx';
import { DistanceSection } from './sections/DistanceSection.tsx';
import { FourierSection } from './sections/FourierSection.tsx';
import { IdeaSection } from './sections/IdeaSection.tsx';
import { LossesSection } from './sections/LossesSection.tsx';
import { RecipeSection } from './sections/RecipeSection.tsx';
import { ReconstructionSection } from './sections/ReconstructionSection.tsx';
import { ScoreExplained } from './sections/ScoreExplained.tsx';
import { TablesSection } from './sections/TablesSection.tsx';
import { WeightSection } from './sections/WeightSection.tsx';
import './method.css';

interface MethodProps {
  readonly controls: Readonly<Partial<Record<MethodSectionId, ReactNode>>>;
  /** The weight of the current settings. */
  readonly weight: ReactNode;
}

export const Method = ({ controls, weight }: MethodProps) => {
  useEffect(() => {
    const { section } = methodTarget.getState();
    if (section) showSection(section);
    methodTarget.setState({ section: undefined });
  }, []);
  return (
    <div className="method">
      <MethodNav />
      <article className="method-article">
        <MethodControls value={controls}>
          <IdeaSection />
          <ReconstructionSection />
          <FourierSection />
          <DistanceSection />
          <WeightSection picture={weight} />
          <LossesSection />
          <RecipeSection />
          <ScoreExplained />
          <BaselinesSection />
          <TablesSection />
        </MethodControls>
      </article>
    </div>
  );
};
